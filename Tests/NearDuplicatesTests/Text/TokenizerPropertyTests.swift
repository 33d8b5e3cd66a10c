// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// The fast tokenizer against the simple one, on seeded random texts.
@Suite(.timeLimit(.minutes(10)))
struct TokenizerPropertyTests {
  /// What texts are put together from, by kind.
  static let fragments: [String: [String]] = [
    "ascii": [
      "a", "Be", "the", "MiXeD", "word", "sixteen16letters", "seventeenletters7", "x1y2", "2024",
      " ", "  ", "\n", "\r\n", ", ", ". ", "-", "--", "_", "\t", "(", "\"",
    ],
    "sentences": [
      "Mr", "Gen", "Kofi", "the", "A", "Paris", "U", "S", "said", "B2B", "É", "Étienne", " ", " ",
      " ", ". ", ".", "! ", "? ", ": ", "; ", " \"", "“", "…", ", ", "\n", "'", "-", "Ж", "京", "。",
      "Sixteen16Letters", "Longer than any", "x",
    ],
    "breaks": [
      "co", "Op", "9", "-\n", "-\r\n", "-\r", "-\n\n", "-\n-", "\u{2010}\n", "\u{AD}\n", "é", "'",
    ],
    "lines": [
      "a", "few", "words", "of", "a", "line", " ", " ", " ", " ", " ", " ", "\n", "\r\n", "\r",
      "\u{85}", "\u{2028}", "\u{2029}", "\u{C}", "\u{B}", "é", "-\n", "京", "\n\n", "don't ",
    ],
    "numbers": [
      "1", "12", "123", "19", "20", "2024", "1987", "1887", "x", "Q", " ", " ", "\n", ", ", ".",
      "é", "٣", "१", "②", "½", "Ⅷ", "년", "'", "\u{301}", "eighteen18letters1", "x-\ny", "京", "㍻",
    ],
    "apostrophes": ["can", "t", "'", "’", "`", "‘", " ", "´", "ʼ", "s", "′", "\u{FF07}"],
    "contractions": [
      "don't", "O'Neil", "Op", "'", "`", "''", " ", " ", ". ", ".", "\n", "-", "-\n", "9", "'90s",
      "rock'n'roll", "é", "\u{301}", "’", "abcdefghijklmnopqrstuvwxyzabc", "\t", ", ", "U.S.", "京",
    ],
    "latin": [
      "é", "e\u{301}", "ß", "ſ", "İ", "Ǆ", "ǖ", "ﬁ", "½", "²", "ﬃ", "n", " ", "œ", "№", "…",
    ],
    "marks": [
      "a", "\u{323}", "\u{307}", "\u{301}", "\u{345}", "\u{5B0}", "\u{94D}", "\u{34F}", " ", "ᾳ",
      "\u{20DD}", "b", "क", "\u{93C}",
    ],
    "cyrillic": ["Привет", "мир", "й", "и\u{306}", "ё", " ", "— ", "«", "Ω", "Ἀ", "σς", "Straße"],
    "solo": ["東", "京", "タ", "ﾀﾞ", "ー", "ไ", "ท", "ำ", "\u{E49}", "1", "x", "。", "㈱", "㌀", "々"],
    "korean": ["한", "국", "어", "\u{1112}\u{1161}\u{11AB}", " ", "가", "각", "ㄱ", "-\n"],
    "ignorable": [
      "\u{AD}", "\u{200B}", "\u{FEFF}", "\u{200D}", "\u{FE0F}", "a", "é", " ", "🙂", "b",
    ],
    "digraphs": [
      "a", "e", "A", "E", "o", "u", "ue", "Mueller", "aa", "Kaas", "boa", "9", "q", "ä", "é", "Ö",
      " ", " ", ". ", "'", "-\n", "\n", "averyveryverylongwordue", "æ", "œ", "ø", "å",
    ],
    "likenesses": [
      "а", "е", "о", "с", "ж", "a", "e", "o", "c", "f", "Π", "α", "ο", "μ", "m", "x", "5", " ", " ",
      "'", "é", "ё",
    ],
    "spaced": [
      "a", "b", "C", "д", "é", "7", " ", " ", " ", " ", " ", "  ", "\n", "'", ".", "ok", "京",
      "\u{A0}", "한", "\u{94D}", "\u{AD}",
    ],
    "rows": [
      "T h e   b r i d g e   o f   ", "x ", "y ", "\n", " ' ", ". ",
      "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l",
    ],
    "windows": [
      "ภ", "า", "ษ", "ไ", "ท", "ย", " ", "\u{200B}", "\n", "ก\u{E48}", "1", "x", "က", "\u{1039}",
      "ក", "\u{17D2}", "ລ", "京", "ำ",
    ],
    "astral": ["𝐀", "𝟘", "😀", "𠀀", "\u{E0041}", "x", " ", "\u{10FFFD}", "𞤀", "\u{1D165}"],
  ]

  private static let seeds = Array(UInt64(0)..<40)

  @Test(arguments: fragments.keys.sorted(), seeds)
  func agreesWithTheReference(kind: String, seed: UInt64) throws {
    let fragments = try #require(Self.fragments[kind])
    var random = SeededGenerator(seed: seed)
    // Lengths on both sides of a block, of the tail and of several blocks.
    for length in [1, 7, 30, 90, 400] {
      var text = ""
      for _ in 0..<length {
        if let fragment = fragments.randomElement(using: &random) { text += fragment }
      }
      expectAgreement(text)
    }
  }

  @Test(arguments: seeds)
  func agreesOnMixtures(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1000)
    let ascii = try #require(Self.fragments["ascii"])
    let all = Self.fragments.sorted { $0.key < $1.key }.flatMap(\.value)
    var text = ""
    for _ in 0..<600 {
      // Mostly ASCII, so that words of the block path meet the others everywhere.
      let source = Int.random(in: 0..<8, using: &random) > 0 ? ascii : all
      if let fragment = source.randomElement(using: &random) { text += fragment }
    }
    expectAgreement(text)
  }

  @Test(arguments: seeds)
  func agreesOnAnyScalars(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 2000)
    var text = String.UnicodeScalarView()
    while text.count < 2000 {
      let point = UInt32.random(in: 1..<0x30000, using: &random)
      if let scalar = Unicode.Scalar(point) { text.append(scalar) }
      if point & 3 == 0 { text.append(" ") }
    }
    expectAgreement(String(text))
  }

  private func expectAgreement(_ text: String, _ location: SourceLocation = #_sourceLocation) {
    var tokenizer = Tokenizer()
    let result = Array(text.utf8).withUnsafeBytes { tokenizer.tokenize($0, tolerant: false) }
    #expect(result == .complete, sourceLocation: location)
    let tokens = Array(tokenizer.tokens.elements)
    let expected = ReferenceTokenizer.tokens(text)
    guard tokens != expected else {
      expectTraits(text, Array(tokenizer.traits.elements), location)
      return
    }
    let place = zip(tokens, expected).prefix { $0 == $1 }.count
    let words = ReferenceTokenizer.words(text)
    Issue.record(
      """
      \(tokens.count) tokens, \(expected.count) expected; they part at \(place): \
      \(words.dropFirst(max(0, place - 1)).prefix(3))
      """, sourceLocation: location)
  }

  private func expectTraits(_ text: String, _ traits: [UInt8], _ location: SourceLocation) {
    let expected = ReferenceTokenizer.traits(text)
    guard traits != expected else { return }
    let place = zip(traits, expected).prefix { $0 == $1 }.count
    let word = ReferenceTokenizer.words(text).dropFirst(place).prefix(1)
    Issue.record(
      """
      traits part at \(place), \(word): \(traits.dropFirst(place).prefix(1)), expected \
      \(expected.dropFirst(place).prefix(1))
      """, sourceLocation: location)
  }
}
