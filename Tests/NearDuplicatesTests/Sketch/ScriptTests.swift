// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

/// A text, an edited copy and another text, in each kind of script.
@Suite(.timeLimit(.minutes(10)))
struct ScriptTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var script: String
    var text: String
    var edited: String
    var other: String
    var testDescription: String { script }
  }

  static let examples: [Example] = [
    Example(
      script: "Latin",
      text: """
        The harbour council voted on Thursday to rebuild the old pier after winter storms tore away \
        its last forty metres. Work is to begin in spring and will cost about three million.
        """,
      edited: """
        HARBOUR NEWS – The harbour council voted on Thursday to rebuild the old pier after heavy \
        storms tore away its last forty metres. Work is to begin in spring.
        """,
      other: """
        A retired teacher has catalogued every moth in her garden since 1987, and now her notebooks \
        help researchers to follow how species move north as summers grow warmer.
        """),
    Example(
      script: "Cyrillic",
      text: """
        Городской совет в четверг решил восстановить старый причал, который зимой разрушили \
        сильные штормы. Работы начнутся весной и обойдутся примерно в три миллиона.
        """,
      edited: """
        НОВОСТИ. Городской совет в четверг решил восстановить старый причал, который в январе \
        разрушили сильные штормы. Работы начнутся весной.
        """,
      other: """
        Учительница на пенсии много лет записывает всех бабочек своего сада, и теперь её тетради \
        помогают учёным понять, как виды уходят на север.
        """),
    Example(
      script: "Greek",
      text: """
        Το δημοτικό συμβούλιο αποφάσισε την Πέμπτη να ξαναχτίσει την παλιά προβλήτα που κατέστρεψαν \
        οι χειμερινές καταιγίδες. Τα έργα αρχίζουν την άνοιξη.
        """,
      edited: """
        ΤΟ ΔΗΜΟΤΙΚΌ ΣΥΜΒΟΎΛΙΟ αποφάσισε την Πέμπτη να ξαναχτίσει την παλιά προβλήτα που κατέστρεψαν \
        οι μεγάλες καταιγίδες. Τα έργα αρχίζουν την άνοιξη.
        """,
      other: """
        Μια συνταξιούχος δασκάλα καταγράφει εδώ και χρόνια τις πεταλούδες του κήπου της και τα \
        τετράδιά της βοηθούν σήμερα τους ερευνητές.
        """),
    Example(
      script: "Arabic",
      text: """
        قرر مجلس الميناء يوم الخميس إعادة بناء الرصيف القديم بعد أن دمرت عواصف الشتاء آخر أربعين \
        مترا منه وتبدأ الأعمال في الربيع
        """,
      edited: """
        عاجل: قرر مجلس الميناء يوم الخميس إعادة بناء الرصيف القديم بعد أن دمرت عواصف قوية آخر \
        أربعين مترا منه وتبدأ الأعمال في الربيع
        """,
      other: """
        معلمة متقاعدة تسجل منذ سنوات طويلة كل فراشة تراها في حديقتها ودفاترها تساعد الباحثين اليوم \
        على فهم هجرة الأنواع
        """),
    Example(
      script: "Hebrew",
      text: """
        מועצת הנמל החליטה ביום חמישי לבנות מחדש את המזח הישן אחרי שסערות החורף הרסו את ארבעים \
        המטרים האחרונים שלו והעבודות יתחילו באביב
        """,
      edited: """
        חדשות: מועצת הנמל החליטה ביום חמישי לבנות מחדש את המזח הישן אחרי שסערות קשות הרסו את \
        ארבעים המטרים האחרונים שלו והעבודות יתחילו באביב
        """,
      other: """
        מורה בגמלאות רושמת כבר שנים כל פרפר בגינה שלה והמחברות עוזרות היום לחוקרים להבין איך \
        מינים נודדים צפונה
        """),
    Example(
      script: "Devanagari",
      text: """
        बंदरगाह परिषद ने गुरुवार को पुराने घाट को फिर से बनाने का निर्णय लिया क्योंकि सर्दियों के \
        तूफानों ने उसका बड़ा हिस्सा तोड़ दिया था और काम वसंत में शुरू होगा
        """,
      edited: """
        समाचार: बंदरगाह परिषद ने गुरुवार को पुराने घाट को फिर से बनाने का निर्णय लिया क्योंकि भारी \
        तूफानों ने उसका बड़ा हिस्सा तोड़ दिया था और काम वसंत में शुरू होगा
        """,
      other: """
        एक सेवानिवृत्त शिक्षिका कई वर्षों से अपने बगीचे की हर तितली का लेखा रखती हैं और उनकी कॉपियाँ \
        आज शोधकर्ताओं की मदद करती हैं
        """),
    Example(
      script: "Thai",
      text: "สภาท่าเรือลงมติเมื่อวันพฤหัสบดีให้สร้างสะพานเก่าขึ้นใหม่หลังพายุฤดูหนาวพัดพังไปสี่สิบเมตร",
      edited: "ข่าว สภาท่าเรือลงมติเมื่อวันพฤหัสบดีให้สร้างสะพานเก่าขึ้นใหม่หลังพายุใหญ่พัดพังไปสี่สิบเมตร",
      other: "ครูเกษียณจดบันทึกผีเสื้อทุกตัวในสวนของเธอมาหลายปีและสมุดเหล่านั้นช่วยนักวิจัยในวันนี้"),
    Example(
      script: "Chinese",
      text: "港口委员会周四决定重建旧码头，因为冬季风暴冲走了最后四十米。工程将于春天开始，耗资约三百万。",
      edited: "【快讯】港口委员会周四决定重建旧码头，因为强风暴冲走了最后四十米。工程将于春天开始。",
      other: "一位退休教师多年来记录花园里的每一只飞蛾，如今她的笔记帮助研究者了解物种如何北移。"),
    Example(
      script: "Japanese",
      text: "港湾評議会は木曜日、冬の嵐で最後の四十メートルが流された古い桟橋を再建することを決めた。工事は春に始まる。",
      edited: "速報 港湾評議会は木曜日、激しい嵐で最後の四十ﾒｰﾄﾙが流された古い桟橋を再建することを決めた。",
      other: "退職した教師が庭に来る蛾をすべて書き留めてきたノートが、いま研究者の役に立っている。"),
    Example(
      script: "Korean",
      text: """
        항만 위원회는 목요일 겨울 폭풍으로 마지막 사십 미터가 무너진 옛 부두를 다시 짓기로 결정했다. \
        공사는 봄에 시작되며 약 삼백만이 든다.
        """,
      edited: """
        속보 항만 위원회는 목요일 강한 폭풍으로 마지막 사십 미터가 무너진 옛 부두를 다시 짓기로 \
        결정했다. 공사는 봄에 시작되며 약 삼백만이 든다.
        """,
      other: """
        은퇴한 교사가 여러 해 동안 정원의 나방을 모두 기록했고 그 공책이 오늘날 연구자들을 돕고 있다.
        """),
  ]

  @Test(arguments: examples)
  func copiesAreFoundAndOthersAreNot(example: Example) {
    let (text, edited) = (fingerprint(example.text), fingerprint(example.edited))
    let other = fingerprint(example.other)
    let copy = ShingleSet.overlap(ShingleSet(text.tokens), ShingleSet(edited.tokens))
    #expect(copy.containment > 0.6, "\(copy)")
    // Texts this short keep all their shingles, or nearly.
    #expect(abs(Sketch.overlap(text.sketch, edited.sketch).containment - copy.containment) < 0.1)
    let unlike = ShingleSet.overlap(ShingleSet(text.tokens), ShingleSet(other.tokens))
    #expect(unlike.containment < 0.05, "\(unlike)")
  }

  /// Words between separators, so that no script is lost altogether.
  @Test(arguments: examples)
  func wordsAreFound(example: Example) {
    let words = ReferenceTokenizer.words(example.text)
    #expect(words.count >= 20)
    #expect(fingerprint(example.text).tokens == ReferenceTokenizer.tokens(example.text))
  }

  private func fingerprint(_ text: String) -> Fingerprint {
    var fingerprinter = Fingerprinter()
    if case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)) {
      return fingerprint
    }
    Issue.record("not a document")
    return Fingerprint(tokens: [], traits: [], sketch: Sketch(hashes: [], threshold: .max))
  }
}
