// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ClusterLog

/// Which records `neardup tail` shows.
package struct RecordFilter: Sendable, Equatable {
  /// Only what is about these clusters; grows as they are folded into others.
  package private(set) var clusters: Set<UInt32>
  /// Only documents of these relations, and skipped files if asked for.
  package let relations: Set<Relation>
  package let skipped: Bool

  package init(clusters: Set<UInt32> = [], relations: Set<Relation> = [], skipped: Bool = false) {
    self.clusters = clusters
    self.relations = relations
    self.skipped = skipped
  }

  /// Whether a line needs to be read at all: false only when no record in it can be wanted.
  private func mayWant(_ line: ArraySlice<UInt8>, _ event: LogEvent) -> Bool {
    isOfKind(line, event)
      && (clusters.isEmpty
        || clusters.contains { ByteSearch.contains(Array("\"c\($0)\"".utf8), in: line) })
  }

  /// Whether `mayWant` is all that there is to ask.
  private var isDecidedUnread: Bool { clusters.isEmpty }

  /// Whether a record is wanted; records come in their order.
  package mutating func wants(_ record: Record) -> Bool {
    isOfCluster(record) && isOfKind(record)
  }

  /// The same for a line, which is read no further than need be.
  mutating func wants(_ line: ArraySlice<UInt8>) -> Bool {
    guard let opening = LineOpening(line), mayWant(line, opening.event) else { return false }
    if isDecidedUnread { return true }
    guard let logged = try? LoggedRecord(decoding: line) else { return false }
    return wants(logged.record)
  }

  private func isOfKind(_ line: ArraySlice<UInt8>, _ event: LogEvent) -> Bool {
    if relations.isEmpty && !skipped { return true }
    switch event {
    // No string can look like this, since quotation marks in strings are escaped.
    case .assigned:
      return relations.contains {
        ByteSearch.contains(Array("\"relation\":\"\($0.rawValue)\"".utf8), in: line)
      }
    case .skipped: return skipped
    case .merged: return !clusters.isEmpty
    case .moved, .removed, .storyMerged, .storyMoved, .expired: return false
    }
  }

  private func isOfKind(_ record: Record) -> Bool {
    if relations.isEmpty && !skipped { return true }
    switch record {
    case .assigned(let assigned): return relations.contains(assigned.relation)
    case .skipped: return skipped
    default: return false
    }
  }

  private mutating func isOfCluster(_ record: Record) -> Bool {
    guard !clusters.isEmpty else { return true }
    switch record {
    case .assigned(let assigned): return clusters.contains(assigned.cluster)
    case .moved(let moved): return clusters.contains(moved.from) || clusters.contains(moved.to)
    case .removed(let removed): return clusters.contains(removed.cluster)
    case .merged(let merged):
      guard clusters.contains(merged.cluster) || !clusters.isDisjoint(with: merged.absorbed) else {
        return false
      }
      clusters.insert(merged.cluster)
      return true
    case .storyMerged, .storyMoved, .skipped, .expired: return false
    }
  }
}
