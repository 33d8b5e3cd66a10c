// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Picks the records about a path and its documents out of the log.
struct HistoryFilter {
  private let query: PathQuery
  private var documents: Set<UInt32>
  /// Documents up to this one are in the log only.
  private let loggedOnly: UInt32
  /// How the paths are written in the log, to pass over most lines unread.
  private let written: [[UInt8]]
  /// Of its documents, as far as the log was read.
  private var clusters: [UInt32: UInt32] = [:]
  private var stories: [UInt32: UInt32] = [:]
  private var expiredThrough: UInt32 = 0

  /// - Parameters:
  ///   - documents: those that the path has been, as far as the state has them.
  ///   - loggedOnly: documents up to this one have expired.
  init(_ query: PathQuery, documents: Set<UInt32>, loggedOnly: UInt32 = 0) {
    self.query = query
    self.documents = documents
    self.loggedOnly = loggedOnly
    written = query.paths.map { path in
      var text = Array("\"path\":".utf8)
      text.append(string: path)
      return text
    }
  }

  /// The record of a line that is about the path or one of its documents, else nil.
  mutating func take(_ line: ArraySlice<UInt8>) -> LoggedRecord? {
    guard let opening = LineOpening(line) else { return nil }
    switch opening.event {
    case .merged, .storyMerged, .expired: break
    case .assigned, .moved, .removed, .skipped, .storyMoved:
      guard written.contains(where: { ByteSearch.contains($0, in: line) }) else { return nil }
    }
    guard let logged = try? LoggedRecord(decoding: line), isAbout(logged.record) else {
      return nil
    }
    return logged
  }

  private mutating func isAbout(_ record: Record) -> Bool {
    switch record {
    case .assigned(let assigned):
      if assigned.document <= loggedOnly,
        query.matches(assigned.path, drop: assigned.drop ?? [])
      {
        documents.insert(assigned.document)
      }
      guard documents.contains(assigned.document) else { return false }
      clusters[assigned.document] = assigned.cluster
      stories[assigned.document] = assigned.story
    case .moved(let moved):
      guard documents.contains(moved.document) else { return false }
      clusters[moved.document] = moved.to
    case .storyMoved(let moved):
      guard documents.contains(moved.document) else { return false }
      stories[moved.document] = moved.to
    case .merged(let merged):
      return follow(merged.absorbed, into: merged.cluster, merged.document, &clusters)
    case .storyMerged(let merged):
      return follow(merged.absorbed, into: merged.story, merged.document, &stories)
    case .removed(let removed): return documents.contains(removed.document)
    case .expired(let expired):
      // Once for each document, with the record that let it go.
      let gone = documents.filter { $0 <= expired.through && $0 > expiredThrough }
      expiredThrough = expired.through
      return !gone.isEmpty
    case .skipped(let skipped): return query.matches(skipped.path, drop: skipped.drop ?? [])
    }
    return true
  }

  /// Whether a merger took in the group of one of the documents, or one of them showed it.
  private func follow(
    _ absorbed: [UInt32], into survivor: UInt32, _ shown: UInt32,
    _ groups: inout [UInt32: UInt32]
  ) -> Bool {
    let concerned = groups.filter { absorbed.contains($0.value) }.keys
    for document in concerned { groups[document] = survivor }
    return !concerned.isEmpty || documents.contains(shown)
  }
}
