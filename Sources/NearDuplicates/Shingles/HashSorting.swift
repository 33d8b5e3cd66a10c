// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sorting and merging of hashes, which are spread evenly unless somebody has chosen them.
enum HashSorting {
  /// Ascending, in place. n log n at worst.
  static func sort(_ hashes: UnsafeMutablePointer<UInt64>, count: Int) {
    var buffer = UnsafeMutableBufferPointer(start: hashes, count: count)
    buffer.sort()
  }

  /// Moves the distinct ones of ascending hashes to the front; returns their number.
  static func removeRepeats(_ hashes: UnsafeMutablePointer<UInt64>, count: Int) -> Int {
    guard count > 1 else { return count }
    var kept = 1
    for index in 1..<count where hashes[index] != hashes[kept - 1] {
      hashes[kept] = hashes[index]
      kept += 1
    }
    return kept
  }

  /// How many hashes are in both of two ascending, distinct sequences.
  static func sharedCount(_ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>) -> Int {
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        var (left, right, shared) = (0, 0, 0)
        while left < first.count, right < second.count {
          let (one, other) = (first[left], second[right])
          shared &+= one == other ? 1 : 0
          left &+= one <= other ? 1 : 0
          right &+= other <= one ? 1 : 0
        }
        return shared
      }
    }
  }
}
