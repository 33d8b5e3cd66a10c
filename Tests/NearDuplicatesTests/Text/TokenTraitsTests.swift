// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

/// The rules of traits, each by an example; `TokenizerPropertyTests` has the breadth.
@Suite(.timeLimit(.minutes(10)))
struct TokenTraitsTests {
  private static func traits(_ text: String) -> [TokenTraits] {
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)) else {
      return []
    }
    #expect(fingerprint.traits.count == fingerprint.words)
    return fingerprint.traits.map(TokenTraits.init)
  }

  @Test(arguments: [
    "1", "12", "a1", "1b", "1999", "2000", "1900", "2099", "١٢", "２０２４", "¹⁹⁸⁴", "②", "1é",
    "1e\u{301}", "1월", "1\u{110B}\u{116F}\u{11AF}", "19-\n",
  ])
  func isACommonNumber(text: String) {
    #expect(Self.traits(text).map(\.containsDigit) == [true])
    #expect(Self.traits(text).map(\.isCommonNumber) == [true])
  }

  @Test(arguments: [
    "123", "1899", "2100", "19999", "19a9", "a199", "x1y", "eighteen18letters1", "١٢٣", "12é",
    "12월", "seventeenletters7", String(repeating: "9", count: 5000),
    String(repeating: "ж", count: 500) + "1",
  ])
  func isAnotherNumber(text: String) {
    #expect(Self.traits(text).map(\.containsDigit) == [true])
    #expect(Self.traits(text).map(\.isCommonNumber) == [false])
  }

  @Test(arguments: [
    ("he met Kofi Annan", [2, 3]), ("Kofi spoke. Annan left. the Annan", [5]),
    ("with Mr. Annan of the U.S. Senate", [1, 2, 5, 6, 7]), ("he said: Go \"Now or Never", [5]),
    ("the\nSecond line of Paris", [4]), ("près d’Étienne à Évry", [3]),
    ("в городе Москва", [2]), ("a B2B deal", []), ("what? Yes! Never… Well; So", []),
    ("über Straße", [1]), ("the Generals. They left", [1]),
  ])
  func namesAreCapitalised(text: String, expected: [Int]) {
    let traits = Self.traits(text)
    #expect(traits.indices.filter { traits[$0].isCapital } == expected)
  }

  @Test func charactersOfScriptsWithoutSpacesAreMarked() {
    #expect(
      Self.traits("東京 2024 ab ไท").map(\.isUnspaced) == [true, true, false, false, true, true])
  }

  @Test func linesBeginWithTheirFirstWord() {
    #expect(
      Self.traits("one two\n\nthree co-\noperate\nfour").map(\.isFirstOfLine)
        == [true, false, true, false, true])
  }

  @Test(arguments: ["a", "word", "é", "京", "三", "Ⅷ", "한국어", "हिन्दी"])
  func isNoNumber(text: String) {
    let traits = Self.traits(text)
    #expect(traits.allSatisfy { !$0.containsDigit && !$0.isCommonNumber })
    #expect(!traits.isEmpty)
  }

  /// A number is seen at every place of a block, and within words that lie across blocks.
  @Test(arguments: 0..<200)
  func numbersAreSeenWhereverTheyStand(start: Int) {
    for word in ["7", "2024", "2124", "b2b", "x" + String(repeating: "y", count: 90) + "1z"] {
      let padding = String(repeating: "ab ", count: start / 3) + String("...".prefix(start % 3))
      for end in [" end", "", "\nend", "…"] {
        let text = padding + word + end + String(repeating: " and on", count: start % 50)
        #expect(Self.traits(text).map(\.rawValue) == ReferenceTokenizer.traits(text), "\(word)")
      }
    }
  }

  @Test(arguments: [
    "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{C}", "\u{B}", "\n\r\n \n", " \n ",
  ])
  func linesEnd(lineEnd: String) {
    let text = "one two three four five" + lineEnd + "six" + lineEnd + "seven eight"
    #expect(Self.traits(text).map(\.halfLine) == [2, 2, 2, 2, 2, 0, 1, 1])
    let other = "één 2 three four five" + lineEnd + "京" + lineEnd + "七 eight"
    #expect(Self.traits(other).map(\.halfLine) == [2, 2, 2, 2, 2, 0, 1, 1])
  }

  @Test(arguments: [1, 2, 3, 28, 29, 30, 31, 500, 20_000])
  func longLinesAreAlike(words: Int) {
    let line = Array(repeating: "word", count: words).joined(separator: " ")
    let traits = Self.traits("first\n\(line)\n\(line)")
    #expect(traits.count == 1 + 2 * words)
    #expect(traits[0].halfLine == 0)
    #expect(traits.dropFirst().allSatisfy { $0.halfLine == min(15, words / 2) })
  }

  @Test func aDividedWordBelongsToTheLineWhereItBegins() {
    for hyphen in ["-", "\u{2010}", "\u{AD}"] {
      let text = "one two co\(hyphen)\noperate\nfour five"
      #expect(Self.traits(text).map(\.halfLine) == [1, 1, 1, 1, 1])
      let longer = "one two three co\(hyphen)\r\noper\(hyphen)\nate six\nseven"
      #expect(Self.traits(longer).map(\.halfLine) == [2, 2, 2, 2, 0, 0])
    }
  }
}
