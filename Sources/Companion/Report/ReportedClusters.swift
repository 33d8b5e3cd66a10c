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
    // Whoever is cut off, it is neither the largest nor the newest.
    var chosen: Set<Int> = []
    var detailed: [Int] = []
    var room = limits.documents
    for (rank, pair) in zip(all.indices, newest).enumerated() {
      for place in [pair.0, pair.1] where !chosen.contains(place) {
        let members = min(all[place].members.count, limits.members)
        guard members <= room else { continue }
        room -= members
        chosen.insert(place)
        if rank < limits.detailed { detailed.append(place) }
      }
    }
    listed = chosen.sorted()
    self.detailed = detailed.sorted()
  }
}
