// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SpacedLettersTests {
  private func joined(_ text: String) -> String? {
    Array(text.utf8).withUnsafeBytes { bytes in
      SpacedLetters(bytes, keepsOrigins: false).map { String(decoding: $0.text, as: UTF8.self) }
    }
  }

  @Test(arguments: [
    ("T h e   b r i d g e   w a s   s h u t .", "The   bridge   was   shut ."),
    ("М о с т   з а к р ы т", "Мост   закрыт"), ("é t é\nà   l a", "été\nà   la"),
    ("i n   1 9 6 4\ni t", "in   1964\nit"), ("d o n ' t   d o n t", "dont   dont"),
    ("d o n '   t", "don '   t"), ("e\u{301} t e\u{301} s", "e\u{301}te\u{301}s"),
    ("H E A D   one of t h e m", "HEAD   one of them"), ("a\u{A0}b\u{2009}c\td", "abcd"),
  ])
  func wordsArePutTogether(text: String, expected: String) {
    #expect(joined(text) == expected)
  }

  @Test(arguments: [
    "", " ", "The bridge was shut", "a bridge of stone", "東 京 都", "...", "ab cd e", "1 2", "a b c",
    "one a two b three c four d five",
  ])
  func otherTextsAreLeftAlone(text: String) {
    #expect(joined(text) == nil)
  }

  /// Without wider gaps no word can be told from the next.
  @Test func longRowsAreWindows() {
    let letters = "abcdefghijklmnopqrstuvwxyzabcdefgh"
    let words = joined(letters.map(String.init).joined(separator: " "))?.split(separator: " ")
    #expect(words?.count == letters.count - 7)
    #expect(words?.first == "abcdefgh")
    #expect(words?.last == "abcdefgh")
  }

  @Test func tokensAreThoseOfTheTextSetNormally() {
    let text = "Inspectors order the bridge shut after a crack in 1964 of its main girder"
    let spaced = text.map { $0 == " " ? " " : "\($0) " }.joined()
    #expect(TokenizerTests.tokens(spaced) == TokenizerTests.tokens(text))
    #expect(ReferenceTokenizer.traits(spaced).count == TokenizerTests.tokens(text).count)
  }

  @Test func wordsAreWhereTheirLettersStand() {
    let bytes = Array("T h e   b r i d g e".utf8)
    var tokenizer = Tokenizer()
    let places = bytes.withUnsafeBytes { tokenizer.places(in: $0) }
    #expect(places.map { String(decoding: bytes[$0], as: UTF8.self) } == ["T h e", "b r i d g e"])
  }
}
