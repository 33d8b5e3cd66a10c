// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TokenSequenceCoderTests {
  /// Lines of random lengths, with numbers in them.
  private static func sequence(words: Int, seed: UInt64) -> TokenSequence {
    var random = SeededGenerator(seed: seed)
    var traits: [UInt8] = []
    while traits.count < words {
      let length = min(words - traits.count, Int.random(in: 1...70, using: &random))
      for place in 0..<length {
        let kinds: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 4, 5, 8, 8]
        let first: UInt8 = place == 0 ? 2 : 0
        traits.append(
          UInt8(min(15, length / 2)) << 4 | first | (kinds.randomElement(using: &random) ?? 0))
      }
    }
    let tokens = (0..<words).map { _ in UInt32.random(in: .min ... .max, using: &random) }
    return TokenSequence(tokens: tokens, traits: traits)
  }

  @Test(arguments: [0, 1, 2, 15, 16, 127, 128, 1000, 20_000], UInt64(0)..<5)
  func decodesWhatItEncoded(words: Int, seed: UInt64) {
    let sequence = Self.sequence(words: words, seed: seed)
    #expect(TokenSequenceCoder.decode(TokenSequenceCoder.encode(sequence)) == sequence)
  }

  @Test func isAsDescribed() {
    let sequence = TokenSequence(
      tokens: [0x0403_0201, 5, 6, 7, 8], traits: [0x13, 0x14, 0x15, 0x1A, 0x18])
    #expect(
      TokenSequenceCoder.encode(sequence)
        == [
          5, 1, 2, 3, 4, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0,
          3, 2, 1, 3, 2, 0, 2, 1,
        ])
    #expect(TokenSequenceCoder.encode(tokens: [], traits: []) == [0, 0])
  }

  @Test func traitsTakeLittleRoom() throws {
    // A page of news: paragraphs, a few short lines, some numbers.
    let paragraph = String(repeating: "The mayor said in 2024 that all of it was true. ", count: 9)
    let page = "A headline\nBy someone\n" + String(repeating: paragraph + "\n\nRead on\n", count: 6)
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(page.utf8)) else {
      Issue.record("not a document")
      return
    }
    #expect(page.utf8.count > 2600)
    let bytes = TokenSequenceCoder.encode(tokens: fingerprint.tokens, traits: fingerprint.traits)
    #expect(bytes.count - 4 * fingerprint.words < 100)
  }

  @Test(
    arguments: [
      [], [0x80], [1], [1, 0, 0, 0], [2, 0, 0, 0, 0],  // too few bytes
      [1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0x80],  // no lines, half a line
      [1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 1],  // no line, too long, no runs
      [1, 0, 0, 0, 0, 1, 1, 0, 2], [1, 0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 0, 1],  // runs too long
      [1, 0, 0, 0, 0, 1, 0, 4], [1, 0, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0],  // marks behind the end
      [1, 0, 0, 0, 0, 1, 0, 3],  // no kind of mark
      [1, 0, 0, 0, 0, 0x81, 0, 0],  // a longer form than needed
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],  // 2^63 - 1 tokens
      [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0],
      [1, 0, 0, 0, 0, 1, 0, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ] as [[UInt8]])
  func refusesWhatItDoesNotWrite(bytes: [UInt8]) {
    #expect(TokenSequenceCoder.decode(bytes) == nil)
  }

  @Test func refusesWhatIsCutShort() {
    let sequence = Self.sequence(words: 40, seed: 3)
    let bytes = TokenSequenceCoder.encode(sequence)
    let linesAt = 1 + 4 * 40
    for count in 0...linesAt {
      #expect(TokenSequenceCoder.decode(Array(bytes.prefix(count))) == nil)
    }
  }

  /// Damage is refused or gives another sequence, which is written as those bytes; never a trap.
  @Test(arguments: UInt64(0)..<200)
  func standsAnyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = Int.random(in: 0..<60, using: &random)
    var bytes = TokenSequenceCoder.encode(Self.sequence(words: words, seed: seed))
    for _ in 0..<40 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where !bytes.isEmpty:
        bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random))
      case 1:
        bytes.insert(
          UInt8.random(in: 0...255, using: &random),
          at: Int.random(in: 0...bytes.count, using: &random))
      case 2 where !bytes.isEmpty:
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
          1
          << UInt8.random(in: 0..<8, using: &random)
      default:
        bytes = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      }
      guard let sequence = TokenSequenceCoder.decode(bytes) else { continue }
      #expect(sequence.traits.count == sequence.words)
      #expect(TokenSequenceCoder.decode(TokenSequenceCoder.encode(sequence)) == sequence)
    }
  }
}
