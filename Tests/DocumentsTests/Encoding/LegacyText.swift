// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Texts in the languages whose archives have encodings of their own.
struct LegacyText: Sendable, CustomStringConvertible {
  let language: String
  let text: String
  /// As iconv(3) calls them.
  let encodings: [String]

  var description: String { language }

  /// The bytes of a text in an encoding.
  static func bytes(_ text: String, in encoding: String) -> [UInt8] {
    guard let descriptor = iconv_open(encoding, "UTF-8"), Int(bitPattern: descriptor) != -1 else {
      return []
    }
    defer { iconv_close(descriptor) }
    var source = text.utf8.map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: 4 * source.count + 16)
    let written = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        var (from, left) = (source.baseAddress, source.count)
        var (to, room) = (target.baseAddress, target.count)
        return iconv(descriptor, &from, &left, &to, &room) < 0 ? 0 : target.count - room
      }
    }
    return target[..<written].map { UInt8(bitPattern: $0) }
  }

  static let all = [
    LegacyText(
      language: "Russian",
      text: """
        КЕЛЬДЕРМУТ. Рано утром в четверг инженеры закрыли для движения мост через реку\
         Корра: ремонтная бригада обнаружила трещину длиной почти два метра в одной из\
         стальных балок, на которых держится центральный пролёт.
        """,
      encodings: ["CP1251", "KOI8-R", "ISO-8859-5", "CP866"]),
    LegacyText(
      language: "Greek",
      text: """
        Οι μηχανικοί έκλεισαν τη γέφυρα του Κόρραν για όλα τα οχήματα λίγο πριν από το\
         ξημέρωμα της Πέμπτης, όταν συνεργείο συντήρησης εντόπισε ρωγμή μήκους σχεδόν \
        δύο μέτρων σε μία από τις χαλύβδινες δοκούς που κρατούν το κεντρικό άνοιγμα.
        """,
      encodings: ["ISO-8859-7", "CP1253"]),
    LegacyText(
      language: "Arabic",
      text: """
        أغلق المهندسون جسر كوران أمام حركة المرور كلها قبيل فجر الخميس بعد أن اكتشف فر\
        يق الصيانة شقا يبلغ طوله نحو مترين في إحدى العوارض الفولاذية التي تحمل الفتحة \
        الوسطى.
        """,
      encodings: ["CP1256", "ISO-8859-6"]),
    LegacyText(
      language: "Hebrew",
      text: """
        מהנדסים סגרו את גשר קוראן לכל כלי הרכב זמן קצר לפני עלות השחר ביום חמישי, לאחר\
         שצוות תחזוקה גילה סדק באורך של כמעט שני מטרים באחת מקורות הפלדה הנושאות את המ\
        פתח המרכזי.
        """,
      encodings: ["CP1255", "ISO-8859-8"]),
    LegacyText(
      language: "Turkish",
      text: """
        Bakım ekibinin orta açıklığı taşıyan çelik kirişlerden birinde yaklaşık iki me\
        trelik bir çatlak bulması üzerine mühendisler perşembe günü şafak sökmeden Kor\
        ran Köprüsü'nü bütün araçlara kapattı.
        """,
      encodings: ["CP1254"]),
    LegacyText(
      language: "Thai",
      text: """
        วิศวกรสั่งปิดสะพานคอร์แรนไม่ให้รถทุกชนิดผ่านเมื่อเช้ามืดวันพฤหัสบดีหลังจากทีมซ\
        ่อมบำรุงพบรอยร้าวยาวเกือบสองเมตรในคานเหล็กตัวหนึ่งที่รับน้ำหนักช่วงกลางของสะพา\
        น
        """,
      encodings: ["TIS-620"]),
    LegacyText(
      language: "Japanese",
      text: """
        木曜日の夜明け前、中央径間を支える鋼鉄の桁の一本に長さ二メートル近い亀裂が見つかり、技術者たちはコラン橋を全面通行止めにした。見つけたのは定期点検中の保守作\
        業班だった。
        """,
      encodings: ["CP932", "EUC-JP"]),
    LegacyText(
      language: "Chinese",
      text: """
        周四天亮前不久，工程师封闭了科兰大桥的全部车道。此前一支养护队在支撑中跨的一根钢梁上发现了一条近两米长的裂缝。
        """,
      encodings: ["GB18030"]),
    LegacyText(
      language: "Korean",
      text: """
        목요일 새벽 동이 트기 직전 기술자들이 코란 대교의 모든 차로를 통제했다. 정비반이 가운데 경간을 떠받치는 강철 들보 가운데 하나에서 길이 \
        이 미터 가까운 균열을 발견했기 때문이다.
        """,
      encodings: ["EUC-KR"]),
    LegacyText(
      language: "Czech",
      text: """
        Most přes řeku uzavřeli inženýři krátce před svítáním, když dělníci při běžné \
        prohlídce našli trhlinu dlouhou téměř dva metry. Řidiči musí počítat s objížďk\
        ou, která může trvat až do podzimu.
        """,
      encodings: ["CP1250", "ISO-8859-2"]),
    LegacyText(
      language: "Polish",
      text: """
        Inżynierowie zamknęli most dla ruchu tuż przed świtem, gdy ekipa konserwacyjna\
         odkryła pęknięcie długości niemal dwóch metrów. Kierowcy muszą się liczyć z o\
        bjazdami, które potrwają aż do jesieni.
        """,
      encodings: ["CP1250", "ISO-8859-2"]),
    LegacyText(
      language: "Ukrainian",
      text: """
        Інженери закрили міст для руху незадовго до світанку, коли ремонтна бригада ви\
        явила тріщину завдовжки майже два метри. Водіям радять шукати об'їзд, який мож\
        е тривати до осені.
        """,
      encodings: ["CP1251", "KOI8-U"]),
    LegacyText(
      language: "French",
      text: """
        Les ingénieurs ont fermé le pont à la circulation peu avant l'aube, après la d\
        écouverte d'une fissure de près de deux mètres. Les conducteurs devront compte\
        r avec des détours jusqu'à l'été.
        """,
      encodings: ["CP1252", "MACINTOSH"]),
    LegacyText(
      language: "German",
      text: """
        Ingenieure haben die Brücke kurz vor der Dämmerung für den Verkehr gesperrt, n\
        achdem ein Trupp einen fast zwei Meter langen Riss entdeckt hatte. Größere Uml\
        eitungen müssen eingeplant werden.
        """,
      encodings: ["CP1252", "MACINTOSH"]),
    LegacyText(
      language: "traditional Chinese",
      text: """
        工程師在星期四黎明前不久關閉了大橋，因為維修人員在支撐中央橋跨的一根鋼樑上發現了一條將近兩公尺長的裂縫。駕駛人必須繞道而行，修復工程可能要到秋天才能完成。
        """,
      encodings: ["BIG5"]),
  ]
}
