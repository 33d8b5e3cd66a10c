// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Numbers above zero by the number of a document: an array for those within the horizon, and a
/// dictionary for the few names of clusters and stories that are older than all their members.
struct OffsetTable: Sendable {
  /// The last document beyond the horizon.
  private let base: UInt32
  private var values: ContiguousArray<UInt32> = []
  private var older: [UInt32: UInt32] = [:]

  init(base: UInt32) { self.base = base }

  var byteCount: Int { values.count * 4 + older.count * 16 }

  /// 0 for none.
  @inline(__always)
  subscript(number: UInt32) -> UInt32 {
    get {
      if number <= base { return older[number] ?? 0 }
      let place = Int(number - base)
      return place < values.count ? values[place] : 0
    }
    set {
      if number <= base {
        older[number] = newValue == 0 ? nil : newValue
        return
      }
      let place = Int(number - base)
      if place >= values.count {
        if newValue == 0 { return }
        values.append(contentsOf: repeatElement(0, count: place + 1 - values.count))
      }
      values[place] = newValue
    }
  }

  /// All that are not 0, in order of their numbers.
  var all: [(number: UInt32, value: UInt32)] {
    older.sorted { $0.key < $1.key }.map { (number: $0.key, value: $0.value) }
      + values.indices.compactMap { place in
        values[place] == 0 ? nil : (number: base + UInt32(place), value: values[place])
      }
  }
}
