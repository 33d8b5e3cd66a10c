// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Finds what would stand at a place if a list were sorted, without sorting all of it: then it
/// stands there, and what precedes it is before it (Hoare 1961).
enum Selection {
  /// - Parameters:
  ///   - place: from 0, below the number of elements.
  ///   - precedes: a strict order.
  @inline(__always)
  static func element<Element>(
    _ place: Int, of list: inout [Element], by precedes: (Element, Element) -> Bool
  ) -> Element {
    var (low, high) = (0, list.count - 1)
    while low < high {
      let pivot = list[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while precedes(list[left], pivot) { left += 1 }
        while precedes(pivot, list[right]) { right -= 1 }
        if left <= right {
          list.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return list[place]
  }
}
