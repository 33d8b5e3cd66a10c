// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How a partition differs from the present one.
struct ThresholdEffect: Sendable, Equatable {
  /// Groups of documents that are together in one partition and apart in the other.
  struct Change: Sendable, Equatable {
    /// The present clusters that are concerned; ascending.
    let clusters: [UInt32]
    /// The documents on each side of a border; the larger groups first, documents in order.
    let groups: [[UInt32]]
  }

  let threshold: Double
  /// Clusters of two documents and more, and the documents in them.
  let clusters: Int
  let clustered: Int
  /// What would be one cluster and is several now; the largest first.
  let merged: [Change]
  /// What would be several clusters and is one now; the largest first.
  let split: [Change]

  /// - Parameters:
  ///   - present: the cluster of each document as it is.
  ///   - other: the cluster of each of the same documents as it would be.
  init(threshold: Double, present: [UInt32: UInt32], other: [UInt32: UInt32]) {
    self.threshold = threshold
    var sizes: [UInt32: Int] = [:]
    for cluster in other.values { sizes[cluster, default: 0] += 1 }
    let large = sizes.values.filter { $0 > 1 }
    clusters = large.count
    clustered = large.reduce(0, +)
    merged = Self.changes(outer: other, inner: present) { groups in
      groups.compactMap { $0.first.flatMap { present[$0] } }
    }
    split = Self.changes(outer: present, inner: other) { groups in
      groups.first?.first.flatMap { present[$0] }.map { [$0] } ?? []
    }
  }

  /// The clusters of `outer` whose documents are in several of `inner`.
  private static func changes(
    outer: [UInt32: UInt32], inner: [UInt32: UInt32], naming: ([[UInt32]]) -> [UInt32]
  ) -> [Change] {
    var members: [UInt32: [UInt32: [UInt32]]] = [:]
    for (document, cluster) in outer {
      guard let part = inner[document] else { continue }
      members[cluster, default: [:]][part, default: []].append(document)
    }
    return members.values.filter { $0.count > 1 }
      .map { parts in
        let groups = parts.values.map { $0.sorted() }.sorted(by: isBefore)
        return Change(clusters: naming(groups).sorted(), groups: groups)
      }
      .sorted { isBefore($0.groups.flatMap { $0 }, $1.groups.flatMap { $0 }) }
  }

  /// The larger one, then the one that begins earlier.
  private static func isBefore(_ one: [UInt32], _ other: [UInt32]) -> Bool {
    one.count == other.count
      ? one.lexicographicallyPrecedes(other) : one.count > other.count
  }
}
