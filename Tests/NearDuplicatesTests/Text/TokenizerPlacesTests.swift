// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TokenizerPlacesTests {
  private func words(_ text: String) -> [String] {
    var tokenizer = Tokenizer()
    let bytes = Array(text.utf8)
    let places = bytes.withUnsafeBytes { tokenizer.places(in: $0) }
    return places.map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("", []), (" One, two ", ["One", "two"]), ("don't 'tis", ["don't", "tis"]),
      ("co-\noperate", ["co-\noperate"]), ("co-op", ["co", "op"]), ("東京x", ["東", "京", "x"]),
      ("e\u{301}t\u{E9}.", ["e\u{301}t\u{E9}"]), ("½x", ["½", "x"]), ("x y", ["x", "y"]),
      ("last", ["last"]),
    ] as [(String, [String])])
  func wordsAreWhereTheyStand(_ text: String, _ expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test(arguments: TokenizerPropertyTests.fragments.keys.sorted(), UInt64(0)..<20)
  func theTokensAreThoseOfTheFastWay(kind: String, seed: UInt64) throws {
    let fragments = try #require(TokenizerPropertyTests.fragments[kind])
    var random = SeededGenerator(seed: seed &+ 3_000)
    var text = ""
    for _ in 0..<300 { text += try #require(fragments.randomElement(using: &random)) }
    try expectAgreement(Array(text.utf8))
  }

  @Test(arguments: UInt64(0)..<20)
  func alsoWhereTheBytesAreNoText(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 4_000)
    try expectAgreement((0..<500).map { _ in UInt8.random(in: 1...255, using: &random) })
  }

  @Test(arguments: [0, 1, 2, 5, 9, 10, 11, 1_000])
  func itMayStopEarly(count: Int) {
    var tokenizer = Tokenizer()
    let bytes = Array("One, two; 東京 four don't six – seven half-eight".utf8)
    let all = bytes.withUnsafeBytes { tokenizer.places(in: $0) }
    let some = bytes.withUnsafeBytes { tokenizer.places(in: $0, first: count) }
    #expect(some.elementsEqual(all.prefix(some.count)))
    #expect(some.count >= min(count, all.count))
    #expect(some.count <= max(1, count) + 1)
  }

  private func expectAgreement(_ bytes: [UInt8]) throws {
    var fast = Tokenizer()
    var placing = Tokenizer()
    let places = bytes.withUnsafeBytes { bytes in
      _ = fast.tokenize(bytes, tolerant: true)
      return placing.places(in: bytes)
    }
    #expect(Array(placing.tokens.elements) == Array(fast.tokens.elements))
    #expect(Array(placing.traits.elements) == Array(fast.traits.elements))
    #expect(places.count == fast.tokens.count)
    let ends = [0] + places.map(\.upperBound)
    #expect(zip(places, ends).allSatisfy { $0.lowerBound >= $1 }, "in order and apart")
    #expect(ends.allSatisfy { $0 <= bytes.count })
  }
}
