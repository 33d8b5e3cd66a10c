// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import NearDuplicates
internal import StateStore

/// Documents that are forgotten, on request or since their files were deleted.
extension DocumentRegister {
  /// Puts into the batch what makes documents go; `restart` is to follow when that is in the state,
  /// and nothing may be decided between.
  ///
  /// All that was decided must be in the state, and the batch empty. What is doomed goes as well.
  mutating func erase(_ documents: [UInt32], time: Int64) throws -> ErasureReport {
    // What has expired meanwhile is gone by itself.
    doomed = doomed.filter { collection.isPresent($0) }
    let asked = Set(documents).filter { collection.isPresent($0) }
    let all = asked.union(doomed).sorted()
    let clusters = Set(asked.map { collection.cluster(of: $0) })
    let report = ErasureReport(documents: asked.count, clusters: clusters.count)
    guard !all.isEmpty else { return report }
    let erasure = try planErasure(of: all)
    for document in all where !doomed.contains(document) {
      guard let origin = erasure.origins[document] else { continue }
      let cluster = collection.cluster(of: document)
      append(Revision(removed: document, of: cluster, after: collection.nextDocument - 1))
      append(
        .removed(
          Removed(
            document: document, drop: dropName(ofNumber: origin.drop), path: origin.path,
            cluster: cluster, reason: .requested)),
        time)
    }
    return report
  }

  /// Whether a file has the content that it had when its document was forgotten: touched, or
  /// refused for a time, it does not come back for that. Otherwise it is another file from now on.
  ///
  /// - Parameter known: what is known of it.
  mutating func staysForgotten(
    _ digest: [UInt8], _ outcome: FileOutcome, _ identity: FileIdentity, _ known: StoredFile?
  ) throws -> Bool {
    guard let forgotten = try forgotten(outcome.key, known) else { return false }
    guard forgotten.isForgotten(digest) else {
      try isAnother(outcome.key, known)
      return false
    }
    // A member is known by its bytes alone.
    if outcome.memberDigest != nil, known == forgotten { return true }
    if let known, known != forgotten { removeRow(of: known) }
    remember(forgotten.seen(as: identity), outcome.key)
    return true
  }

  /// Other content came under a name: what was forgotten of it is a version of the past.
  mutating func isAnother(_ key: DroppedFile, _ known: StoredFile?) throws {
    guard let forgotten = try forgotten(key, known) else { return }
    removeRow(of: forgotten)
    lookup.removeForgotten(key)
  }

  /// What was noted of a file when its document was forgotten; nil when it has another one since.
  private func forgotten(_ key: DroppedFile, _ known: StoredFile?) throws -> StoredFile? {
    guard let known, known.document == nil else { return nil }
    return known.key.isForgotten ? known : try lookup.forgotten(key)
  }

  /// Whether so many are to be erased that it is worth bringing the others back.
  var isErasureDue: Bool {
    !doomed.isEmpty && doomed.count >= collection.documentCount / Self.documentsForErasure
  }

  /// Of a million documents a thousand.
  private static let documentsForErasure = 1_024

  /// Goes on with what the state brings back, which is the present without what was forgotten.
  mutating func restart(with loaded: CollectionLoader.Loaded) {
    adopt(loaded.collection, loaded.stories)
    successor = nil
  }
}

extension Revision {
  /// A document of a cluster is forgotten.
  ///
  /// - Parameter last: the last document that was assigned before.
  init(removed document: UInt32, of cluster: UInt32, after last: UInt32) {
    self.init(
      afterDocument: last, kind: .documentRemoved, subject: document, source: cluster, target: 0)
  }
}
