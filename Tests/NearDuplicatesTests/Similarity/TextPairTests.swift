// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TextPairTests {
  private func sequence(_ range: Range<UInt32>) -> TokenSequence {
    TokenSequence(
      tokens: range.map { $0 &* 2_654_435_761 }, traits: Array(repeating: 0, count: range.count))
  }

  @Test("the same text is near, another is not, and what is between is between")
  func order() {
    let text = sequence(0..<300)
    let same = TextPair(text, text)
    let half = TextPair(sequence(150..<450), text)
    let other = TextPair(sequence(1_000..<1_300), text)
    #expect(same.overlap.resemblance == 1)
    #expect(other.overlap.shared == 0)
    #expect(same.similarity > half.similarity)
    #expect(half.similarity > other.similarity)
    #expect(same.similarity > TextPair.joining(threshold: 0.5))
    #expect(other.similarity < TextPair.joining(threshold: 0.5))
  }

  @Test("a higher threshold asks for more")
  func threshold() {
    #expect(abs(TextPair.joining(threshold: 0.5) - 0.5) < 0.0001)
    #expect(TextPair.joining(threshold: 0.9) > TextPair.joining(threshold: 0.5))
  }
}
