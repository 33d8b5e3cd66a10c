// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The clusters of two documents and more, and which of them are shown how closely.
struct ReportedClusters: Sendable {
  struct Cluster: Sendable {
    let number: UInt32
    /// In order of arrival.
    let members: [RecordedDocument]

    var texts: Int { members.count { $0.identicalTo == nil } }
    var newest: UInt32 { members.last?.number ?? 0 }
  }

  /// The largest first; of equals the one that began earlier.
  let all: [Cluster]
  /// Places in `all` that are listed, ascending: the largest and the newest, as many as fit.
  let listed: [Int]
  /// Places in `all` that come with figures and texts, ascending; all of them are listed.
  let detailed: [Int]

  init(_ collection: RecordedCollection, _ limits: PageLimits) {
    all = collection.clusters.members(atLeast: 2)
      .map { number, members in
        Cluster(number: number, members: members.compactMap { collection[$0] })
      }
      .sorted { one, other in
        one.members.count == other.members.count
          ? one.number < other.number : one.members.count > other.members.count
      }
    let newest = all.indices.sorted { [all] in all[$0].newest > all[$1].newest }
    let chosen = PageChoice.places(
      all.map { min($0.members.count, limits.members) }, newest: newest, room: limits.documents)
    listed = chosen.map(\.place).sorted()
    detailed = chosen.filter { $0.rank < limits.detailed }.map(\.place).sorted()
  }
}
