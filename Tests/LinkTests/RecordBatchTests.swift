// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Link
import Testing

@Suite("Batches of records")
struct RecordBatchTests {
  private static let match = Match(
    document: 1, path: [], resemblance: 0.5, containment: 0.5, shared: 9, clusterSimilarity: 0.5)

  private func assigned(_ document: UInt32, to cluster: UInt32, story: UInt32? = nil) -> Record {
    .assigned(
      Assigned(
        document: document, path: Array("\(document).txt".utf8), bytes: 1, sha256: [1], words: 1,
        cluster: cluster, relation: document == cluster ? .first : .near,
        match: document == cluster ? nil : Self.match, story: story))
  }

  private func moved(_ document: UInt32, _ from: UInt32, _ to: UInt32) -> Record {
    .moved(Moved(document: document, path: [], from: from, to: to, reason: "fits better"))
  }

  private func merged(_ absorbed: UInt32, into cluster: UInt32) -> Record {
    .merged(Merged(cluster: cluster, absorbed: [absorbed], document: 9, match: Self.match))
  }

  private func batch(_ records: [Record], from first: UInt64 = 1) -> RecordBatch {
    var batch = RecordBatch()
    for (index, record) in records.enumerated() {
      batch.take(
        LoggedRecord(sequence: first + UInt64(index), time: Int64(index), record: record), bytes: 1)
    }
    return batch
  }

  private func clusters(_ batch: RecordBatch) -> [UInt32: UInt32] {
    var found: [UInt32: UInt32] = [:]
    for document in batch.documents {
      found[document.assigned.document] = batch.cluster(of: document)
    }
    return found
  }

  @Test("new documents are where the end of the batch has them")
  func folding() {
    let batch = batch([
      assigned(1, to: 1), assigned(2, to: 2), assigned(3, to: 2), assigned(4, to: 4),
      merged(2, into: 1), moved(3, 1, 3), merged(4, into: 3),
    ])
    #expect(clusters(batch) == [1: 1, 2: 1, 3: 3, 4: 3])
    #expect(batch.moves(of: \.clusters).isEmpty)
    #expect(batch.clusters.founded.keys.sorted() == [1, 2, 3, 4])
    #expect(batch.others.count == 3)
    #expect(batch.lastSequence == 7)
  }

  @Test("documents from before are moved to where the end of the batch has their group")
  func moving() {
    let batch = batch([moved(3, 1, 2), merged(2, into: 1), moved(4, 1, 4)], from: 50)
    let moves = batch.moves(of: \.clusters)
    #expect(moves.map(\.document) == [3, 4])
    #expect(moves.map(\.group) == [1, 4])
    #expect(batch.clusters.survivor(of: 2) == 1)
  }

  @Test("chains of mergers lead to the last survivor, and a circle ends")
  func chains() {
    let chain = batch([merged(9, into: 5), merged(5, into: 2)])
    #expect(chain.clusters.survivor(of: 9) == 2)
    let circle = batch([merged(9, into: 5), merged(5, into: 9)])
    #expect(circle.clusters.survivor(of: 9) == 5)
  }

  @Test("what was forgotten or has expired inside the batch is not carried")
  func leaving() {
    let removal = Removed(document: 3, path: Array("3.txt".utf8), cluster: 1, reason: .requested)
    let expiry = Expired(through: 2, documents: 2, clusters: 1, because: .window)
    let batch = batch([
      assigned(1, to: 1), assigned(2, to: 1), assigned(3, to: 1), assigned(4, to: 1),
      .removed(removal), .expired(expiry),
    ])
    #expect(batch.documents.map(\.assigned.document) == [4])
    #expect(batch.expiredThrough == 2)
    #expect(batch.removed == [removal])
  }

  @Test("a batch cut anywhere says the same as the whole")
  func cutting() {
    let records = [
      assigned(1, to: 1, story: 1), assigned(2, to: 2, story: 2), assigned(3, to: 2, story: 2),
      moved(3, 2, 3), merged(2, into: 1), assigned(4, to: 1, story: 1), merged(3, into: 1),
    ]
    let whole = clusters(batch(records))
    for cut in 0...records.count {
      let first = batch(Array(records[..<cut]))
      let second = batch(Array(records[cut...]), from: UInt64(cut) + 1)
      var found = clusters(first).mapValues { second.clusters.survivor(of: $0) }
      for (document, group) in second.moves(of: \.clusters) { found[document] = group }
      found.merge(clusters(second)) { $1 }
      #expect(found == whole, "cut at \(cut)")
    }
  }
}
