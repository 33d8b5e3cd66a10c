// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

/// Spellings of one text, by language: what a reader takes for the same words.
@Suite(.timeLimit(.minutes(10)))
struct TokenizerFoldingTests {
  @Test(arguments: [
    ["Müller übt für Größe", "Mueller uebt fuer Groesse", "Muller ubt fur Grosse"],
    ["blåbærgrød på Ærø", "blaabaergroed paa Aeroe", "blabargrod pa Aro", "BLÅBÆRGRØD PÅ ÆRØ"],
    ["Göteborgs älvstränder får", "Goeteborgs aelvstraender faar", "Goteborgs alvstrander far"],
    ["œuvre naïve à l’été", "oeuvre naive a l'ete", "OEUVRE NAÏVE À L'ÉTÉ"],
    ["Łódź wciąż żółta gęś", "Lodz wciaz zolta ges", "ŁÓDŹ WCIĄŻ ŻÓŁTA GĘŚ"],
    ["Příliš žluťoučký kůň", "Prilis zlutoucky kun", "Pr\u{30C}i\u{301}lis\u{30C} žluťoučký kun"],
    [
      "Işık Diyarbakır İstanbul çığ", "Isik Diyarbakir Istanbul cig",
      "IŞIK DİYARBAKIR ISTANBUL ÇIĞ",
    ],
    ["Đường phố Việt Nam ưu tiên", "Duong pho Viet Nam uu tien", "ĐƯỜNG PHỐ VIỆT NAM ƯU TIÊN"],
    ["Țară în știință", "Ţară în ştiinţă", "Tara in stiinta"],
    ["Árvíztűrő tükörfúrógép", "Arvizturo tukorfurogep"],
    ["Þórður fór út", "Thordur for ut"], ["Ħal Għargħur", "Hal Ghargħur"],
    ["Ещё всё её", "Еще все ее", "ЕЩЁ ВСЁ ЕЁ", "Еще\u{301} всё её"],
    ["За́мок на горе́", "Замок на горе", "ЗАМОК НА ГОРЕ"],
    ["мой край", "мои\u{306} краи\u{306}"],
    ["Έκλεισε η γέφυρα", "ΕΚΛΕΙΣΕ Η ΓΕΦΥΡΑ", "Εκλεισε η γεφυρα", "Ἔκλεισε ἡ γέφυρα"],
    ["προϊόν ταΐζω", "ΠΡΟΪΟΝ ΤΑΪΖΩ", "ΠΡΟΙΟΝ ΤΑΙΖΩ"],
    [
      "مدينة على الطريق", "مـــديـنـة عـلى الطـريق",
      "مَدِينَةٌ عَلَى الطَّرِيقِ", "مدينه علي الطريق",
    ],
    ["أعلن إنه آخر مؤتمر", "اعلن انه اخر موتمر"], ["هٰذا", "هذا"],
    ["کتاب های یک", "كتاب هاي يك"], ["می‌شود", "میشود"], ["خانۀ ما", "خانه ما"],
    ["یہ کہہ", "يه كهه"], ["۱۹۸۷", "١٩٨٧", "1987"],
    ["בְּרֵאשִׁית בָּרָא", "בראשית ברא"],
    ["שׁלום", "שלום", "ש\u{5C1}לום"], ["ייִדיש", "ײִדיש", "יידיש"],
    ["ไทย ๑๒", "ไทย 12"],
    ["Muʿāwiya al-Ḥasan", "Muawiya al-Hasan"],
  ])
  func spellingsAreTheSameWords(texts: [String]) throws {
    let first = try #require(texts.first)
    for text in texts.dropFirst() {
      #expect(TokenizerTests.tokens(text) == TokenizerTests.tokens(first), "\(text)")
      #expect(ReferenceTokenizer.words(text) == ReferenceTokenizer.words(first))
    }
  }

  /// Vowels and letters that readers cannot do without.
  @Test(arguments: [
    ["का", "कि", "की", "कु", "क"], ["がく", "かく"], ["ก่า", "กา"], ["தி", "தீ", "த"], ["각", "가"],
    ["ক", "কে", "কো"], ["كتب", "كاتب"], ["سن", "شن"], ["ב", "כ"], ["мать", "мат"], ["п", "л"],
    ["ށަ", "ށި"], ["be", "bee"], ["bi", "bie"], ["oa", "o"], ["ea", "e"],
  ])
  func lettersThatMatterStay(texts: [String]) {
    #expect(Set(texts.map(TokenizerTests.tokens)).count == texts.count)
  }

  /// Digraphs are folded wherever they stand in a block of ASCII, whatever is around them.
  @Test(arguments: 0..<140)
  func digraphsAreFoldedEverywhere(start: Int) {
    let padding = String(repeating: "x", count: start % 3) + String(repeating: ".", count: start)
    for word in ["Mueller", "ae", "aa", "AE", "Boese9", "ueberaus", "aaa", "oee", "9ue"] {
      for end in ["", " end", ". É", "'s", "\n"] {
        let text = padding + word + end
        #expect(TokenizerTests.tokens(text) == ReferenceTokenizer.tokens(text), "\(word)")
      }
    }
  }
}
