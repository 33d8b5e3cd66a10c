// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What the log alone tells of each document: its story, its title, what it was matched with, and
/// the last record that may have changed what an export says of it.
struct DocumentDecisions {
  struct Decision {
    /// The record by which the document was assigned.
    var sequence: UInt64
    /// The last record that was about the document itself.
    var changed: UInt64
    var title: String?
    var match: Match?
  }

  private(set) var stories = Partition()
  private var clusters = Partition()
  private var decisions: [UInt32: Decision] = [:]
  /// The last record that changed a cluster as a whole, and so perhaps its principal.
  private var clusterChanges: [UInt32: UInt64] = [:]
  private var storyChanges: [UInt32: UInt64] = [:]
  private var expiredThrough: UInt32 = 0

  /// - Parameter last: the last record that the documents come from; what the log has beyond that
  ///   is left for the next time. Nil for all.
  init(_ log: LogScan, through last: UInt64?) throws {
    try log.forEachLine { line in
      guard let logged = try? LoggedRecord(decoding: line), logged.sequence <= last ?? .max else {
        return
      }
      take(logged)
    }
    clusterChanges = Self.ofSurvivors(clusterChanges, clusters)
    storyChanges = Self.ofSurvivors(storyChanges, stories)
  }

  init(_ records: [LoggedRecord]) {
    for logged in records { take(logged) }
    clusterChanges = Self.ofSurvivors(clusterChanges, clusters)
    storyChanges = Self.ofSurvivors(storyChanges, stories)
  }

  /// Nil for a document whose record is in no part of the log that can be read.
  subscript(document: UInt32) -> Decision? {
    guard var decision = decisions[document] else { return nil }
    if let cluster = clusters.group(of: document), let changed = clusterChanges[cluster] {
      decision.changed = max(decision.changed, changed)
    }
    if let story = stories.group(of: document), let changed = storyChanges[story] {
      decision.changed = max(decision.changed, changed)
    }
    return decision
  }

  private mutating func take(_ logged: LoggedRecord) {
    let sequence = logged.sequence
    switch logged.record {
    case .assigned(let assigned):
      decisions[assigned.document] = Decision(
        sequence: sequence, changed: sequence, title: assigned.description.title,
        match: assigned.match)
      if let replaced = assigned.replaces { decisions[replaced]?.changed = sequence }
      clusters.put(assigned.document, into: assigned.cluster)
      clusterChanges[assigned.cluster] = sequence
      if let story = assigned.story { stories.put(assigned.document, into: story) }
    case .moved(let moved):
      decisions[moved.document]?.changed = sequence
      clusters.put(moved.document, into: moved.to)
      for cluster in [moved.from, moved.to] { clusterChanges[cluster] = sequence }
    case .merged(let merged):
      for absorbed in merged.absorbed { clusters.fold(absorbed, into: merged.cluster) }
      clusterChanges[merged.cluster] = sequence
    case .storyMoved(let moved):
      decisions[moved.document]?.changed = sequence
      stories.put(moved.document, into: moved.to)
    case .storyMerged(let merged):
      for absorbed in merged.absorbed { stories.fold(absorbed, into: merged.story) }
      storyChanges[merged.story] = sequence
    case .removed(let removed):
      decisions[removed.document]?.changed = sequence
      // What is forgotten takes its text along, and may have been the principal.
      clusterChanges[removed.cluster] = sequence
    case .expired(let expired): expire(through: expired.through, sequence)
    case .skipped: break
    }
  }

  /// A cluster that lost members to the horizon may have another principal.
  private mutating func expire(through last: UInt32, _ sequence: UInt64) {
    guard last > expiredThrough else { return }
    for document in (expiredThrough + 1)...last {
      if let cluster = clusters.group(of: document) { clusterChanges[cluster] = sequence }
    }
    expiredThrough = last
  }

  private static func ofSurvivors(
    _ changes: [UInt32: UInt64], _ groups: Partition
  ) -> [UInt32: UInt64] {
    Dictionary(changes.map { (groups.survivor(of: $0.key), $0.value) }, uniquingKeysWith: max)
  }
}
