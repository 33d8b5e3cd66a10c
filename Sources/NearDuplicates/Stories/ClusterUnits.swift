// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The live units by their clusters, four bytes for each document.
struct ClusterUnits: Sendable {
  /// One more than the unit's number, by the number of the cluster; 0 for none.
  private var units: ContiguousArray<UInt32> = []
  private(set) var count = 0

  var byteCount: Int { units.count * 4 }

  subscript(cluster: UInt32) -> UInt32? {
    get {
      guard Int(cluster) < units.count, units[Int(cluster)] != 0 else { return nil }
      return units[Int(cluster)] - 1
    }
    set {
      guard newValue != self[cluster] else { return }
      if units.count <= Int(cluster) {
        units.append(contentsOf: repeatElement(0, count: Int(cluster) + 1 - units.count))
      }
      if units[Int(cluster)] != 0 { count -= 1 }
      if newValue != nil { count += 1 }
      units[Int(cluster)] = newValue.map { $0 + 1 } ?? 0
    }
  }

  /// All of them, in order of the clusters.
  var all: [(cluster: UInt32, unit: UInt32)] {
    units.indices.compactMap { cluster in
      self[UInt32(cluster)].map { (cluster: UInt32(cluster), unit: $0) }
    }
  }
}
