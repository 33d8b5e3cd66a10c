// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Takes what tells of forgotten documents out of records: paths, what they said of themselves, the
/// digest of their bytes, and words that they shared.
///
/// Numbers, measures and times stay, so that the partition and the sequence are what they were.
package struct LogRedaction: Sendable {
  /// What stands in records where the path of a forgotten document stood.
  package static let forgottenPath = Array("(forgotten)".utf8)
  private static let noDigest = [UInt8](repeating: 0, count: 32)

  /// Their numbers.
  private let documents: Set<UInt32>
  /// Names of files that no other document had, for records of refusals.
  private let files: Set<File>

  /// A file as records name it.
  package struct File: Hashable, Sendable {
    let drop: [UInt8]?
    let path: [UInt8]

    /// - Parameters:
    ///   - drop: The drop directory where records name it.
    ///   - path: The path of a document; of a member of a container, that of the file is meant.
    package init(drop: [UInt8]?, path: [UInt8]) {
      self.drop = drop
      self.path = MemberPath.file(path)
    }
  }

  /// - Parameters:
  ///   - documents: Those that were forgotten.
  ///   - files: Where they came from, without the files that other documents came from as well.
  package init(documents: Set<UInt32>, files: Set<File>) {
    self.documents = documents
    self.files = files
  }

  /// The line with its new text; nil where there is nothing to take out.
  ///
  /// - Parameter line: Without its line end, which the new one lacks as well.
  package func redacted(_ line: ArraySlice<UInt8>) throws(LogLineError) -> [UInt8]? {
    let logged = try LoggedRecord(decoding: line)
    let record = redacted(logged.record)
    guard record != logged.record else { return nil }
    var bytes: [UInt8] = []
    RecordEncoder().append(record, sequence: logged.sequence, time: logged.time, to: &bytes)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return bytes
  }

  private func redacted(_ record: Record) -> Record {
    switch record {
    case .assigned(let assigned): return .assigned(redacted(assigned))
    case .merged(var merged):
      merged.match = redacted(merged.match)
      return .merged(merged)
    case .storyMerged(var merged):
      merged.evidence = merged.evidence.map { redacted($0, of: merged.document) }
      return .storyMerged(merged)
    case .moved(var moved):
      if documents.contains(moved.document) { moved.path = Self.forgottenPath }
      return .moved(moved)
    case .storyMoved(var moved):
      if documents.contains(moved.document) { moved.path = Self.forgottenPath }
      return .storyMoved(moved)
    case .removed(var removed):
      if documents.contains(removed.document) { removed.path = Self.forgottenPath }
      return .removed(removed)
    case .skipped(var skipped):
      if files.contains(File(drop: skipped.drop, path: skipped.path)) {
        skipped.path = Self.forgottenPath
      }
      return .skipped(skipped)
    case .expired: return record
    }
  }

  private func redacted(_ assigned: Assigned) -> Assigned {
    var assigned = assigned
    if documents.contains(assigned.document) {
      assigned.path = Self.forgottenPath
      assigned.sha256 = Self.noDigest
      assigned.description = SelfDescription()
    }
    assigned.match = assigned.match.map { redacted($0) }
    assigned.storyMatch = assigned.storyMatch.map { redacted($0, of: assigned.document) }
    return assigned
  }

  private func redacted(_ match: Match) -> Match {
    var match = match
    if documents.contains(match.document) { match.path = Self.forgottenPath }
    return match
  }

  private func redacted(_ match: StoryMatch, of document: UInt32) -> StoryMatch {
    var match = match
    if documents.contains(match.document) { match.path = Self.forgottenPath }
    if documents.contains(match.document) || documents.contains(document) { match.terms = [] }
    return match
  }

  private func redacted(_ evidence: StoryEvidence, of document: UInt32) -> StoryEvidence {
    switch evidence {
    case .cluster(let match): .cluster(redacted(match))
    case .terms(let match): .terms(redacted(match, of: document))
    }
  }
}
