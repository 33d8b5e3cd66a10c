// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sorting by counting, for numbers that repeat: what is in them cannot make it slow.
enum RadixSorting {
  /// So many steps for each number may be left to insertion.
  private static let patience = 4

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
          // Hashes that agree in 16 bits mostly are equal. An even number of passes: the result is
          // where the numbers were.
          pass(one, two, count, 48, starts)
          pass(two, one, count, 56, starts)
          if insert(one, count, steps: patience * count) { return }
          pass(one, two, count, 32, starts)
          pass(two, one, count, 40, starts)
          pass(one, two, count, 48, starts)
          pass(two, one, count, 56, starts)
        }
      }
    }
  }

  /// Puts numbers that are nearly in order in order; gives up after so many steps. What it does
  /// keeps those that agree in the upper half in their order, also when it gives up.
  private static func insert(
    _ numbers: UnsafeMutablePointer<UInt64>, _ count: Int, steps: Int
  ) -> Bool {
    var steps = steps
    for index in 1..<count {
      let number = numbers[index]
      var place = index
      while place > 0, numbers[place &- 1] &>> 32 > number &>> 32, steps > 0 {
        numbers[place] = numbers[place &- 1]
        place &-= 1
        steps &-= 1
      }
      numbers[place] = number
      if steps == 0 { return false }
    }
    return true
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
