// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The live units by their clusters, four bytes for each document.
struct ClusterUnits: Sendable {
  /// One more than the unit's number, by the number of the cluster; 0 for none.
  private var units: OffsetTable
  private(set) var count = 0

  init(base: UInt32 = 0) { units = OffsetTable(base: base) }

  var byteCount: Int { units.byteCount }

  subscript(cluster: UInt32) -> UInt32? {
    get {
      let unit = units[cluster]
      return unit == 0 ? nil : unit - 1
    }
    set {
      guard newValue != self[cluster] else { return }
      if units[cluster] != 0 { count -= 1 }
      if newValue != nil { count += 1 }
      units[cluster] = newValue.map { $0 + 1 } ?? 0
    }
  }

  /// All of them, in order of the clusters.
  var all: [(cluster: UInt32, unit: UInt32)] {
    units.all.map { (cluster: $0.number, unit: $0.value - 1) }
  }
}
