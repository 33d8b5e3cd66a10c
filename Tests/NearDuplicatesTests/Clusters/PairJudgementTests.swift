// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct PairJudgementTests {
  private func judgement(
    _ first: String, _ second: String, threshold: Double = 0.5
  ) throws -> PairJudgement {
    try PairJudgement(
      ColdCollection.prepared(Fixtures.wireStory(first)),
      ColdCollection.prepared(Fixtures.wireStory(second)), threshold: threshold)
  }

  @Test(arguments: ["b-long-copy.txt", "c-spun.txt", "d-shuffled.txt"])
  func copiesAreNear(_ name: String) throws {
    let judgement = try judgement("a-site-copy.txt", name)
    #expect(judgement.verdict == .near)
    #expect(judgement.similarity > judgement.limit)
    #expect(judgement.overlap.shared > 0)
  }

  @Test func anotherAgencysArticleIsNot() throws {
    let judgement = try judgement("b-long-copy.txt", "e-other-agency.txt")
    #expect(judgement.verdict == .apart || judgement.verdict == .notCandidates)
  }

  @Test func theSameWordsAreTheSame() throws {
    let judgement = try judgement("c-spun.txt", "c-spun.txt")
    #expect(judgement.verdict == .sameWords)
    #expect(judgement.similarity == 1)
    #expect(judgement.overlap.resemblance == 1)
  }

  @Test func theThresholdMovesTheLimit() throws {
    let (loose, strict) = (
      try judgement("a-site-copy.txt", "c-spun.txt", threshold: 0.01),
      try judgement("a-site-copy.txt", "c-spun.txt", threshold: 0.999)
    )
    #expect(loose.limit < strict.limit)
    #expect(loose.similarity == strict.similarity)
    #expect(strict.verdict == (strict.similarity > strict.limit ? .near : .apart))
  }
}
