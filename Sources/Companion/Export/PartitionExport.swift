// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// What `neardup export` writes: each document with the cluster and the story it is in now.
struct PartitionExport {
  /// So much is gathered before it is written.
  private static let blockSize = 1 << 20

  let collection: RecordedCollection
  let decisions: DocumentDecisions
  let format: ExportFormat
  private let state: StateReader?
  private let since: UInt64?

  /// - Parameter since: documents that no record after this one is about are left out.
  init(_ source: CollectionSource, format: ExportFormat, since: UInt64? = nil) throws {
    collection = source.collection
    decisions = try DocumentDecisions(source.log, through: source.lastSequence)
    state = source.state
    self.format = format
    self.since = since
  }

  init(
    collection: RecordedCollection, decisions: DocumentDecisions, format: ExportFormat,
    since: UInt64? = nil
  ) {
    self.collection = collection
    self.decisions = decisions
    self.format = format
    self.since = since
    state = nil
  }

  /// Hands the text on in blocks.
  func write(_ body: ([UInt8]) throws -> Void) throws {
    let writer = RowWriter(format: format, titles: ExportedDocument.titles)
    let documents = collection.documents.filter(isWanted)
    let principals = try principals(of: documents)
    var bytes: [UInt8] = []
    writer.begin(&bytes)
    for (place, document) in documents.enumerated() {
      let row = ExportedDocument(
        document, collection, decisions, principal: principals[document.number])
      writer.append(row.fields, isFirst: place == 0, to: &bytes)
      guard bytes.count >= Self.blockSize else { continue }
      try body(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    writer.end(&bytes)
    try body(bytes)
  }

  private func isWanted(_ document: RecordedDocument) -> Bool {
    guard let since, let decision = decisions[document.number] else { return true }
    return decision.changed > since
  }

  /// The principal of the cluster of each of these documents; without a state there are no texts
  /// to tell.
  private func principals(of documents: [RecordedDocument]) throws -> [UInt32: UInt32] {
    guard let state else { return [:] }
    var principals: [UInt32: UInt32] = [:]
    let several = collection.clusters.members(atLeast: 2)
    var wanted: Set<UInt32> = []
    for document in documents {
      let cluster = collection.clusters.group(of: document.number) ?? document.cluster
      if several[cluster] == nil { principals[document.number] = document.number }
      wanted.insert(cluster)
    }
    for (cluster, numbers) in several where wanted.contains(cluster) {
      let members = numbers.compactMap { collection[$0] }
      // A moment of its own for each, so that the daemon's log of writes can shrink meanwhile.
      let principal = try state.snapshot { try MemberTexts($0).principal(of: members)?.0 }
      for number in numbers { principals[number] = principal?.number }
    }
    return principals
  }
}
