// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TermGatheringTests {
  /// Words of one line that no table lists: what comes first weighs more, and so does repetition.
  private func candidates(_ tokens: [UInt32], _ gathering: inout TermGathering) -> [TermCandidate] {
    var traits = Array(repeating: UInt8(0), count: tokens.count)
    if !traits.isEmpty { traits[0] = TokenTraits.firstOfLine }
    let weights = Array(repeating: TokenWeights.unlisted, count: tokens.count)
    return gathering.candidates(tokens, traits, weights, seen: nil)
  }

  private func words(_ range: Range<Int>) -> [UInt32] {
    range.map { UInt32(truncatingIfNeeded: Mixing.mix(UInt64($0))) }
  }

  @Test func ofMoreThan64TheHeaviestAreTakenInTheOrderOfTheText() {
    var gathering = TermGathering()
    let first = words(0..<200)
    #expect(candidates(first, &gathering).map(\.token) == Array(0..<64))
    let repeated = first + Array(repeating: first[150], count: 5)
    #expect(candidates(repeated, &gathering).map(\.token) == Array(0..<63) + [150])
  }

  @Test(arguments: [0, 1, 63, 64])
  func ofFewAllAreTaken(count: Int) {
    var gathering = TermGathering()
    #expect(candidates(words(0..<count), &gathering).map(\.term) == words(0..<count))
  }

  @Test func nothingIsLeftOfTheTextsBefore() {
    var gathering = TermGathering()
    let sizes = [500, 3, 200, 60_000, 64, 0, 1_000]
    for (round, size) in sizes.enumerated() {
      let text = words(round * 100_000..<round * 100_000 + size)
      var fresh = TermGathering()
      #expect(candidates(text, &gathering) == candidates(text, &fresh))
    }
  }
}
