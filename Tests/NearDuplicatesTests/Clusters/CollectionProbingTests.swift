// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct CollectionProbingTests {
  private static let news = SyndicatedNews(seed: 5)
    .documents(stories: 6, singles: 8, tables: 4, order: 3)

  private func prepared() throws -> [PreparedDocument] {
    try Self.news.map { try ColdCollection.prepared(Array($0.text.utf8)) }
  }

  /// A probe before each arrival says what then happens, and changes nothing of it.
  @Test func itSaysWhatAddDecides() throws {
    var (probed, plain) = (ColdCollection(), ColdCollection())
    for document in try prepared() {
      let probe = try probed.probe(document)
      let assignment = try probed.add(document)
      #expect(try plain.add(document) == assignment)
      #expect(probe.relation == assignment.relation)
      let joined = probe.candidates.first { $0.isJoined }
      #expect(joined?.match == assignment.match)
      #expect((joined == nil) == (assignment.relation == .first))
      #expect(probe.candidates.allSatisfy { $0.isJoined || $0.match.clusterSimilarity <= 1 })
      probed.collection.checkInvariants()
    }
    #expect(probed.partition == plain.partition)
  }

  @Test func theSameWordsAreFound() throws {
    var cold = ColdCollection()
    let documents = try prepared()
    for document in documents.prefix(5) { try cold.add(document) }
    let probe = try cold.probe(documents[2])
    #expect(probe.relation == .near)
    #expect(probe.candidates.count == 1)
    #expect(probe.candidates[0].match.document == 3)
    #expect(probe.candidates[0].match.resemblance == 1)
    let identical = cold.collection.probeIdentical(documents[2], to: 3)
    #expect(identical.relation == .identical)
    #expect(identical.candidates == probe.candidates)
  }

  @Test func anEmptyCollectionHasNothing() throws {
    var cold = ColdCollection()
    let probe = try cold.probe(try #require(try prepared().first))
    #expect(probe.relation == .first)
    #expect(probe.candidates.isEmpty)
  }
}
