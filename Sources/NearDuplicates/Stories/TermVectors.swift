// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The vectors of all units, one behind the other: a comparison reads one stretch of memory.
struct TermVectors: Sendable {
  private var entries: ContiguousArray<UInt32> = []

  var byteCount: Int { entries.count * 4 }

  mutating func append(_ vector: TermVector) { entries += vector.entries }

  mutating func removeFirst(_ count: Int) { entries.removeFirst(count * TermVector.length) }

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

  /// Something of every cache line that a vector lies in.
  @inline(__always)
  func touch(at place: Int) -> UInt32 {
    withEntries(at: place) { entries in
      entries[0] | entries[16] | entries[32] | entries[TermVector.length - 1]
    }
  }
}
