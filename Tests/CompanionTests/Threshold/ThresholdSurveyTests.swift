// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import StateStore
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ThresholdSurveyTests {
  private static let records = [
    Records.assigned(1), Records.assigned(2, cluster: 1, like: 1, identical: true, text: 1),
    Records.assigned(3),
  ]

  private func survey(_ scene: ResultScene) throws -> ThresholdSurvey {
    try ThresholdSurvey(scene.source(), scene.places, thresholds: [0.5], examples: 1)
  }

  @Test("documents without a stored text are left out and counted")
  func withoutText() throws {
    let survey = try survey(ResultScene(Self.records, withoutText: [3]))
    #expect(survey.missing == 1)
    #expect(survey.clustered == 2)
    #expect(survey.outcomes.map(\.effect.clustered) == [2])
  }

  @Test("texts of another scheme are refused and not compared as if they were of this one")
  func otherScheme() throws {
    let other = FingerprintScheme.version + 1
    let scene = try ResultScene(Self.records, schemeVersion: other)
    let error = #expect(throws: StateStoreError.self) { _ = try survey(scene) }
    #expect(error?.code == .otherScheme(found: other, expected: FingerprintScheme.version))
  }
}
