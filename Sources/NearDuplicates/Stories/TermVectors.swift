// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The vectors of all units, one behind the other: a comparison reads one stretch of memory.
struct TermVectors: Sendable {
  private var entries: ContiguousArray<UInt32> = []
  private var norms: ContiguousArray<Float> = []

  var byteCount: Int { entries.count * 4 + norms.count * 4 }

  mutating func append(_ vector: TermVector) {
    entries += vector.entries
    norms.append(vector.norm)
  }

  mutating func removeFirst(_ count: Int) {
    entries.removeFirst(count * TermVector.length)
    norms.removeFirst(count)
  }

  @inline(__always)
  func norm(at place: Int) -> Float { norms[place] }

  /// Lends the entries of a vector.
  @inline(__always)
  func withEntries<Result>(
    at place: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result
  ) -> Result {
    entries.withUnsafeBufferPointer { entries in
      let start = place * TermVector.length
      return body(UnsafeBufferPointer(rebasing: entries[start..<start + TermVector.length]))
    }
  }

  /// The weight of a term, 0 when it is not there.
  func weight(of term: UInt32, at place: Int) -> Int {
    withEntries(at: place) { entries in
      // Weights are above zero, and the zeros in front are not.
      let key = term & 0xFFFF_FF00 | 1
      var (low, high) = (0, entries.count)
      while low < high {
        let middle = (low + high) / 2
        if entries[middle] < key { low = middle + 1 } else { high = middle }
      }
      guard low < entries.count, (entries[low] ^ key) >> 8 == 0 else { return 0 }
      return Int(entries[low] & 0xFF)
    }
  }
}
