// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// Documents of news size, made up from a seed: words of a Zipfian
/// vocabulary, sentences, paragraphs.
package struct GeneratedText {
  /// The letters of which words are made, and how words are set off.
  package struct Alphabet: Sendable {
    var letters: [[String]]
    var wordLengths: ClosedRange<Int>
    var space: String
    var sentenceEnd: String
    /// One word in this many is followed by a comma, or stands in quotation marks.
    var quotes: (open: String, close: String)
  }

  static let latin = "etaoinshrdlucmfwypvbgkjqxz".map(String.init)
  static let accented = latin + ["é", "ü", "ç", "ñ", "ö", "ß", "ą"]
  static let cyrillic = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф".map(String.init)
  static let greek = "αοιετσνηυρπκμλωςάόίέθγδχφβξζψ".map(String.init)
  static let han = (0..<2000).compactMap { Unicode.Scalar(0x4E00 + $0 * 7) }.map { String($0) }
  static let kana = (0x3041..<0x3090).compactMap { Unicode.Scalar($0) }.map { String($0) }
  static let hangul = (0..<800).compactMap { Unicode.Scalar(0xAC00 + $0 * 13) }.map { String($0) }

  package static let ascii = Alphabet(
    letters: [latin], wordLengths: 1...9, space: " ", sentenceEnd: ". ", quotes: ("\"", "\""))
  /// About one word in twenty contains a digit.
  package static let numbered = Alphabet(
    letters: Array(repeating: latin, count: 19) + [(0..<10).map(String.init)], wordLengths: 1...9,
    space: " ", sentenceEnd: ".\n", quotes: ("\"", "\""))
  package static let typographic = Alphabet(
    letters: [latin], wordLengths: 1...9, space: " ", sentenceEnd: ". ", quotes: ("“", "”"))
  package static let mixed = Alphabet(
    letters: [accented, cyrillic, greek], wordLengths: 2...10, space: " ", sentenceEnd: ". ",
    quotes: ("«", "»"))
  package static let chineseJapanese = Alphabet(
    letters: [han, han, kana], wordLengths: 1...4, space: "", sentenceEnd: "。",
    quotes: ("「", "」"))
  package static let korean = Alphabet(
    letters: [hangul], wordLengths: 1...5, space: " ", sentenceEnd: ". ", quotes: ("‘", "’"))

  /// The kinds of text that benchmarks tell apart, by name.
  package static let kinds = [
    ("ASCII", ascii), ("ASCII and numbers", numbered), ("ASCII and quotes", typographic),
    ("Latin+Cyrl+Greek", mixed), ("Chinese+Japanese", chineseJapanese), ("Korean", korean),
  ]

  private var random: SeededGenerator
  private let alphabet: Alphabet
  private let words: [String]

  package init(_ alphabet: Alphabet, seed: UInt64) {
    self.alphabet = alphabet
    var random = SeededGenerator(seed: seed)
    words = (0..<12_000).map { number in
      let letters = alphabet.letters[number % alphabet.letters.count]
      // Two draws: lengths gather in the middle, as those of words do.
      let range = alphabet.wordLengths
      let length =
        (Int.random(in: range, using: &random) + Int.random(in: range, using: &random)) / 2
      return (0..<length).map { _ in
        let rank = Double.random(in: 0..<1, using: &random)
        return letters[Int(rank * rank * Double(letters.count))]
      }.joined()
    }
    self.random = random
  }

  package mutating func document(bytes: Int) -> [UInt8] {
    var text: [UInt8] = []
    var untilEnd = 12
    while text.count < bytes {
      let rank = Double.random(in: 0..<1, using: &random)
      let word = words[Int(rank * rank * rank * Double(words.count))]
      untilEnd -= 1
      let quoted = Int.random(in: 0..<40, using: &random) == 0
      text += quoted ? (alphabet.quotes.open + word + alphabet.quotes.close).utf8 : word.utf8
      if untilEnd == 0 {
        text += alphabet.sentenceEnd.utf8
        untilEnd = Int.random(in: 8..<30, using: &random)
        if untilEnd % 3 == 0 { text += "\n\n".utf8 }
      } else {
        text += alphabet.space.utf8
      }
    }
    return text
  }
}
