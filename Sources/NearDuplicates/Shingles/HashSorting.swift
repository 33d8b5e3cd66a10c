// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sorting and merging of hashes, which are spread evenly unless somebody has chosen them.
enum HashSorting {
  /// More than this are left to the standard library: they would not stay in the cache.
  private static let bucketLimit = 1 << 13
  /// Buckets fuller than this are somebody's work, and sorting by insertion would be quadratic.
  private static let fullest = 24

  /// Sorts ascending, removes repeats, in place; returns how many are left. n log n at worst.
  ///
  /// About one bucket for each hash by its leading bits, then insertion between neighbours: linear
  /// for hashes spread evenly below `limit`.
  static func sortDistinct(
    _ hashes: UnsafeMutablePointer<UInt64>, count: Int, below limit: UInt64
  ) -> Int {
    guard count > 8, count <= bucketLimit else { return sortAnyDistinct(hashes, count: count) }
    let bits = UInt64(Int.bitWidth - (count - 1).leadingZeroBitCount)
    let lead = UInt64((limit - 1).leadingZeroBitCount)
    return withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 1 << Int(bits)) { starts in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { spread in
        guard let starts = starts.baseAddress, let spread = spread.baseAddress else { return 0 }
        starts.initialize(repeating: 0, count: 1 << Int(bits))
        for index in 0..<count {
          starts[Int((hashes[index] &<< lead) &>> (64 &- bits))] &+= 1
        }
        var sum: UInt16 = 0
        var most: UInt16 = 0
        for bucket in 0..<1 << Int(bits) {
          let size = starts[bucket]
          starts[bucket] = sum
          sum &+= size
          most = max(most, size)
        }
        guard most <= fullest else { return sortAnyDistinct(hashes, count: count) }
        for index in 0..<count {
          let bucket = Int((hashes[index] &<< lead) &>> (64 &- bits))
          spread[Int(starts[bucket])] = hashes[index]
          starts[bucket] &+= 1
        }
        return insertDistinct(spread, count: count, into: hashes)
      }
    }
  }

  /// Moves hashes that are nearly in order to where they belong; repeats are left out.
  private static func insertDistinct(
    _ source: UnsafeMutablePointer<UInt64>, count: Int, into output: UnsafeMutablePointer<UInt64>
  ) -> Int {
    output[0] = source[0]
    var last = 0
    for index in 1..<count {
      let hash = source[index]
      var place = last
      while place >= 0, output[place] > hash { place &-= 1 }
      if place >= 0, output[place] == hash { continue }
      var moving = last
      while moving > place {
        output[moving &+ 1] = output[moving]
        moving &-= 1
      }
      output[place &+ 1] = hash
      last &+= 1
    }
    return last + 1
  }

  private static func sortAnyDistinct(
    _ hashes: UnsafeMutablePointer<UInt64>, count: Int
  ) -> Int {
    guard count > 1 else { return count }
    var buffer = UnsafeMutableBufferPointer(start: hashes, count: count)
    buffer.sort()
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
