// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sorting by counting, for numbers that repeat: what is in them cannot make it slow.
enum RadixSorting {
  /// Sorts by the upper 32 bits, those that agree in them stay in their order. Linear.
  static func sortByHighHalf(_ numbers: inout [UInt64]) {
    let count = numbers.count
    guard count > 1 else { return }
    numbers.withUnsafeMutableBufferPointer { numbers in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { other in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
          guard let one = numbers.baseAddress, let two = other.baseAddress,
            let starts = starts.baseAddress
          else { return }
          // Four passes: the result is where the numbers were.
          pass(one, two, count, 32, starts)
          pass(two, one, count, 40, starts)
          pass(one, two, count, 48, starts)
          pass(two, one, count, 56, starts)
        }
      }
    }
  }

  private static func pass(
    _ source: UnsafeMutablePointer<UInt64>, _ target: UnsafeMutablePointer<UInt64>, _ count: Int,
    _ shift: UInt64, _ starts: UnsafeMutablePointer<Int>
  ) {
    starts.update(repeating: 0, count: 256)
    for index in 0..<count { starts[Int((source[index] &>> shift) & 0xFF)] &+= 1 }
    var sum = 0
    for digit in 0..<256 {
      let size = starts[digit]
      starts[digit] = sum
      sum &+= size
    }
    for index in 0..<count {
      let digit = Int((source[index] &>> shift) & 0xFF)
      target[starts[digit]] = source[index]
      starts[digit] &+= 1
    }
  }
}
