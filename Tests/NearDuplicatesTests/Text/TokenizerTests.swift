// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

/// The rules of words, each by an example; `TokenizerPropertyTests` has the breadth.
@Suite(.timeLimit(.minutes(10)))
struct TokenizerTests {
  static func tokens(_ text: String) -> [UInt32] {
    tokens(Array(text.utf8))
  }

  static func tokens(_ bytes: [UInt8], tolerant: Bool = false) -> [UInt32] {
    var tokenizer = Tokenizer()
    let result = bytes.withUnsafeBytes { tokenizer.tokenize($0, tolerant: tolerant) }
    #expect(result == .complete)
    return Array(tokenizer.tokens.elements)
  }

  /// Texts that are the same words; the second is written out in the plainest way.
  @Test(arguments: [
    ("The QUICK brown Fox", "the quick brown fox"),
    ("can't won’t rock'n'roll ‘quoted’ o`clock 5′", "cant wont rocknroll quoted oclock 5"),
    ("under_score and-hyphen 3.14", "under score and hyphen 3 14"),
    ("co-\noperate co-\r\noperate co-\roperate", "cooperate cooperate cooperate"),
    ("1-\n2 co-\n\noperate co- \noperate", "1 2 co operate co operate"),
    ("co\u{AD}operate co\u{AD}\noperate co\u{200B}operate", "cooperate cooperate cooperate"),
    ("ＦＵＬＬ ｗｉｄｔｈ １２", "full width 12"),
    ("ﬁnance eﬃcient", "finance efficient"),
    ("CAFÉ cafe\u{301}", "cafe cafe"),
    ("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφος ΣΙΣΥΦΟΣ"),
    ("STRASSE straße", "strasse strasse"),
    ("m² x₁ ½", "m2 x1 1 2"),
    ("한국어", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}\u{110B}\u{1165}"),
    ("東京タワー", "東 京 タ ワ ー"),
    ("ﾀﾞﾒ", "ダ メ"),
    ("ไทย", "ไ ท ย"),
    ("abc東京123", "abc 東 京 123"),
    ("हिन्दी भाषा", "हिन्दी  भाषा"),
    ("שָׁלוֹם", "שלום"),
    ("ब\u{94D}\u{93C}", "ब\u{93C}\u{94D}"),
    (" \u{301}abc", "abc"),
    ("🙂one🙂two", "one two"),
    ("line\u{2028}break\u{85}next\u{A0}space", "line break next space"),
    ("", "  \r\n ... — “”"),
  ])
  func isTheSameWords(text: String, plain: String) {
    #expect(Self.tokens(text) == Self.tokens(plain))
    #expect(Self.tokens(text) == ReferenceTokenizer.tokens(plain))
  }

  @Test(arguments: [
    ("word", "words"), ("ab", "ba"), ("a b", "ab"), ("1", "one"), ("मा", "मि"), ("мать", "мат"),
    ("שלום", "שלם"),
    ("resume co- operate", "resume cooperate"), ("が", "か"),
  ])
  func areDifferentWords(first: String, second: String) {
    #expect(Self.tokens(first) != Self.tokens(second))
  }

  /// Every length of word at every place of a block, of the tail and across them.
  @Test(arguments: [0, 1, 15, 16, 17, 63, 64, 65, 190, 255, 256, 257, 320, 700])
  func wordsAreTheSameWhereverTheyStand(start: Int) {
    for length in [1, 7, 8, 9, 16, 17, 31, 33, 64, 70, 129, 300, 1000] {
      let word = String("abcdefghijklmnopqrstuvwxyz0123456789".cycled(length))
      let padding = String(repeating: ".", count: start)
      let expected = ReferenceTokenizer.tokens(word + " end")
      #expect(Self.tokens(padding + word + " end") == expected, "\(length)")
      #expect(Self.tokens(padding + "é " + word + "\u{200B} end").dropFirst() == expected[...])
      #expect(Self.tokens(padding + word + " end" + padding) == expected)
    }
  }

  /// Millions of apostrophes are passed over once: whatever looked at the rest of them for each
  /// would be at it for days.
  @Test(arguments: ["", "9", "é", "end", " ", "-\n"], ["", "a", "O", "7"])
  func runsOfApostrophesAreRead(end: String, start: String) {
    let text = start + String(repeating: "'", count: 1 << 20) + end
    #expect(Self.tokens(text) == Self.tokens(start + end))
  }

  @Test func wordsOfAnyLengthAreOneToken() {
    for count in [400, 500, 511, 512, 513, 5000, 100_000] {
      let ascii = String(repeating: "x", count: count)
      #expect(Self.tokens(ascii) == ReferenceTokenizer.tokens(ascii))
      let cyrillic = String(repeating: "ж", count: count) + "х"
      #expect(Self.tokens(cyrillic) == [ReferenceTokenizer.hash(Array(cyrillic.utf8))])
    }
  }

  @Test func marksInTheWrongOrderAreSorted() {
    let one =
      "a" + String(repeating: "\u{323}", count: 14) + String(repeating: "\u{301}", count: 14)
    let other =
      "a" + String(repeating: "\u{301}", count: 14) + String(repeating: "\u{323}", count: 14)
    #expect(Self.tokens(one) == Self.tokens(other))
  }

  @Test func endlessMarksTakeBoundedWork() {
    // Each would move over all before it if sorting were not bounded.
    var text = "a" + String(repeating: "\u{301}", count: 200_000)
    text += String(repeating: "\u{323}", count: 200_000)
    #expect(Self.tokens(text).count == 1)
  }

  @Test func nulAndMalformedSequencesAreReported() {
    let filler = [UInt8](repeating: 0x61, count: 1000)
    for offset in [0, 3, 700, 1000] {
      var tokenizer = Tokenizer()
      func result(_ inserted: [UInt8], tolerant: Bool) -> Tokenizer.Result {
        let bytes = Array(filler[..<offset]) + inserted + filler[offset...]
        return bytes.withUnsafeBytes { tokenizer.tokenize($0, tolerant: tolerant) }
      }
      #expect(result([0], tolerant: true) == .nul(offset: offset))
      #expect(result([0xE9], tolerant: false) == .malformed(offset: offset))
      #expect(result([0xE9], tolerant: true) == .complete)
    }
  }

  @Test func malformedSequencesSeparateWhenTolerated() {
    #expect(Self.tokens([0x61, 0xFF, 0x62], tolerant: true) == Self.tokens("a b"))
    #expect(Self.tokens([0x61, 0xE2, 0x82, 0x62], tolerant: true) == Self.tokens("a b"))
  }
}

extension String {
  fileprivate func cycled(_ count: Int) -> [Character] {
    let characters = Array(self)
    return (0..<count).map { characters[$0 % characters.count] }
  }
}
