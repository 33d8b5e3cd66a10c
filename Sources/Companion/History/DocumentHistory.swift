// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// What `neardup explain` prints: every record about a path, and what else came near.
package struct DocumentHistory: Sendable {
  struct Entry: Sendable, Equatable {
    let logged: LoggedRecord
    /// The line as it is in the log.
    let line: [UInt8]
  }

  /// The documents that the path has been, in order of arrival.
  let documents: [RecordedDocument]
  /// Every record about them and about the path, in order.
  let entries: [Entry]
  /// Why documents have no record here; nil when all have theirs.
  let missing: String?
  /// How many documents have expired: of these there is nothing but their records.
  let expired: Int
  /// Of the last document; nil where there are no texts to compare.
  let alternatives: Alternatives?
  let collection: RecordedCollection

  init(
    documents: [RecordedDocument], entries: [Entry], missing: String?, expired: Int = 0,
    alternatives: Alternatives?, collection: RecordedCollection
  ) {
    self.expired = expired
    self.documents = documents
    self.entries = entries
    self.missing = missing
    self.alternatives = alternatives
    self.collection = collection
  }

  init(_ query: PathQuery, name: String, in source: CollectionSource, threshold: Double) throws {
    let collection = source.collection
    let documents = collection.documents.filter {
      query.matches($0.path, drop: collection.drops[$0.drop] ?? [])
    }
    let expired = try source.state?.snapshot { try $0.expiredThrough() } ?? 0
    let entries = try Self.entries(of: query, documents, source.log, expired: expired)
    guard !documents.isEmpty || !entries.isEmpty else {
      throw CommandFailure(
        CommandFailure.notFound,
        "nothing is recorded of \(name): name it as in the log, or by its place in the drop "
          + "directory")
    }
    let told = Set(entries.compactMap(\.assigned))
    let isComplete = documents.allSatisfy { told.contains($0.number) }
    var alternatives: Alternatives?
    if let last = documents.last, let state = source.state {
      alternatives = try state.snapshot {
        try Alternatives(of: last, collection, $0, threshold: threshold)
      }
    }
    self.init(
      documents: documents, entries: entries,
      missing: isComplete ? nil : source.log.missing() ?? Self.verify,
      expired: told.count { $0 <= expired },
      alternatives: alternatives, collection: collection)
  }

  private static let verify = "the log lacks records: run neardup verify"

  private static func entries(
    of query: PathQuery, _ documents: [RecordedDocument], _ log: LogScan, expired: UInt32
  ) throws -> [Entry] {
    var history = HistoryFilter(
      query, documents: Set(documents.map(\.number)), loggedOnly: expired)
    var entries: [Entry] = []
    try log.forEachLine { line in
      if let logged = history.take(line) {
        entries.append(Entry(logged: logged, line: Array(line)))
      }
    }
    return withoutForgotten(entries, stored: Set(documents.map(\.number)))
  }
}

extension DocumentHistory {
  /// What was forgotten is not told of, though the log, which is only appended to, still has it.
  private static func withoutForgotten(_ entries: [Entry], stored: Set<UInt32>) -> [Entry] {
    var forgotten: Set<UInt32> = []
    for entry in entries {
      if case .removed(let removed) = entry.logged.record { forgotten.insert(removed.document) }
    }
    forgotten.subtract(stored)
    return entries.filter { entry in !(entry.document.map(forgotten.contains) ?? false) }
  }
}

extension DocumentHistory.Entry {
  /// The document that the record is about; nil where it is about groups or a file.
  fileprivate var document: UInt32? {
    switch logged.record {
    case .assigned(let assigned): assigned.document
    case .moved(let moved): moved.document
    case .storyMoved(let moved): moved.document
    case .removed(let removed): removed.document
    case .merged, .storyMerged, .skipped, .expired: nil
    }
  }

  /// The document, when the record says that it was assigned.
  var assigned: UInt32? {
    if case .assigned(let assigned) = logged.record { assigned.document } else { nil }
  }
}
