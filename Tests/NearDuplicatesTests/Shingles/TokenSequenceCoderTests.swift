// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(1)))
struct TokenSequenceCoderTests {
  @Test(arguments: [0, 1, 2, 1000])
  func decodesWhatItEncoded(count: Int) {
    var random = SplitMix(seed: 9)
    let tokens = (0..<count).map { _ in UInt32.random(in: .min ... .max, using: &random) }
    let bytes = TokenSequenceCoder.encode(tokens)
    #expect(bytes.count == 4 * count)
    #expect(TokenSequenceCoder.decode(bytes) == tokens)
  }

  @Test func isLittleEndian() {
    #expect(TokenSequenceCoder.encode([0x0403_0201]) == [1, 2, 3, 4])
  }

  @Test(arguments: [1, 2, 3, 5, 7])
  func refusesPartsOfTokens(count: Int) {
    #expect(TokenSequenceCoder.decode([UInt8](repeating: 0, count: count)) == nil)
  }
}
