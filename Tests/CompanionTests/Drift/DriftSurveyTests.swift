// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Foundation
import NearDuplicates
import StateStore
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DriftSurveyTests {
  private static let article = Array(0..<200 as Range<UInt32>)
  /// The second is nearly the first and in a cluster of its own; the third shares an eighth of its
  /// words with the first and is in its cluster, the fifth is nearly the first and in its cluster.
  private static let texts: [UInt32: [UInt32]] = [
    1: article, 2: article.dropLast(4) + [901, 902],
    3: Array(article[..<25]) + Array(3_000..<3_175 as Range<UInt32>), 5: [903] + article,
  ]
  private static let records = [
    Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 1, like: 1),
    Records.assigned(4, cluster: 1, like: 1, identical: true, text: 1),
    Records.assigned(5, cluster: 1, like: 1), Records.assigned(6),
  ]

  private func survey(_ scene: ResultScene, sample: Int = 100) throws -> DriftSurvey {
    try DriftSurvey(scene.source(), scene.places, sample: sample)
  }

  @Test("a near copy that is apart is told with each document that it is apart from")
  func apart() throws {
    let survey = try survey(ResultScene(Self.records, texts: Self.texts))
    #expect(survey.sampled == 6)
    #expect(survey.nearPairs == 6)
    #expect(survey.apartPairs == 3)
    #expect(survey.apartExamples.map { [$0.first, $0.second] } == [[1, 2], [2, 4], [2, 5]])
    #expect(survey.apartExamples.allSatisfy { $0.overlap.resemblance > 0.9 })
  }

  @Test("a member that shares little with each other one of its cluster is unsupported")
  func unsupported() throws {
    let survey = try survey(ResultScene(Self.records, texts: Self.texts))
    #expect(survey.clustered == 4)
    #expect(survey.unsupported == 1)
    let member = try #require(survey.unsupportedExamples.first)
    #expect(member.document == 3)
    #expect(member.nearest == 1)
    #expect(member.overlap.shared == 23)
  }

  @Test("what merges and moves made of the clusters counts, not where a document was put first")
  func revised() throws {
    let revisions = [Records.moved(3, from: 1, to: 3), Records.merged(1, [2], by: 6)]
    let survey = try survey(ResultScene(Self.records + revisions, texts: Self.texts))
    #expect(survey.nearPairs == 6)
    #expect(survey.apartPairs == 0)
    #expect(survey.clustered == 4)
    #expect(survey.unsupported == 0)
  }

  @Test("a document of the sample is compared with all that are not in it", arguments: 1...5)
  func smallSample(_ size: Int) throws {
    let all = try survey(ResultScene(Self.records, texts: Self.texts))
    let some = try survey(ResultScene(Self.records, texts: Self.texts), sample: size)
    let drawn = Set(DriftSample.drawing(Array(1...6), seed: 1).prefix(size))
    #expect(some.sampled == size)
    #expect(some.compared == 6)
    let pairs = all.apartExamples.filter { drawn.contains($0.first) || drawn.contains($0.second) }
    #expect(some.apartExamples == pairs)
    #expect(some.unsupported == (drawn.contains(3) ? 1 : 0))
  }

  @Test("what was removed or has no text takes no part")
  func absent() throws {
    let removed = Self.records + [Records.removed(2, cluster: 2)]
    let survey = try survey(ResultScene(removed, texts: Self.texts, withoutText: [6]))
    #expect(survey.compared == 4)
    #expect(survey.missing == 1)
    #expect(survey.apartPairs == 0)
  }

  @Test("texts of another scheme are refused and not compared as if they were of this one")
  func otherScheme() throws {
    let other = FingerprintScheme.version + 1
    let scene = try ResultScene(Self.records, schemeVersion: other)
    let error = #expect(throws: StateStoreError.self) { _ = try survey(scene) }
    #expect(error?.code == .otherScheme(found: other, expected: FingerprintScheme.version))
  }

  @Test("text and JSON tell the counts and name the documents")
  func reports() throws {
    let survey = try survey(ResultScene(Self.records, texts: Self.texts))
    let text = survey.text(OutputStyle())
    #expect(
      text.hasPrefix("6 of 6 documents drawn\nnot together: 3 of 6 pairs of resemblance 0.80"))
    #expect(text.contains("1.txt (document 1, c1) and 2.txt (document 2, c2)"))
    #expect(text.contains("3.txt (document 3, c1), nearest 1.txt (document 1, c1)"))
    let json = try JSONSerialization.jsonObject(with: Data(survey.json().utf8))
    let object = try #require(json as? [String: Any])
    #expect(object["apart_pairs"] as? Int == 3)
    #expect(object["near_pairs"] as? Int == 6)
    #expect((object["unsupported_examples"] as? [Any])?.count == 1)
  }

  @Test("of many, five examples are given, the most alike first")
  func manyExamples() throws {
    let records = (1...12).map { Records.assigned(UInt32($0)) }
    let texts = Dictionary(
      uniqueKeysWithValues: (1...12).map { number in
        (UInt32(number), Array(Self.article.dropLast(number)))
      })
    let survey = try survey(ResultScene(records, texts: texts))
    #expect(survey.apartPairs == 66)
    #expect(survey.apartExamples.map { [$0.first, $0.second] }.first == [1, 2])
    #expect(survey.apartExamples.count == 5)
  }
}
