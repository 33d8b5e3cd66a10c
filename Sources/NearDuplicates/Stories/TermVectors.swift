// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The vectors of all units, one behind the other: a comparison reads one stretch of memory, the
/// entries of a vector and then its contexts.
struct TermVectors: Sendable {
  private static let size = 2 * TermVector.length

  private var words: ContiguousArray<UInt32> = []

  var byteCount: Int { words.count * 4 }

  mutating func append(_ vector: TermVector) {
    words += vector.entries
    words += vector.contexts
  }

  mutating func removeFirst(_ count: Int) { words.removeFirst(count * Self.size) }

  /// Lends the entries of a vector and their contexts.
  @inline(__always)
  func withEntries<Result>(
    at place: Int,
    _ body: (_ entries: UnsafeBufferPointer<UInt32>, _ contexts: UnsafeBufferPointer<UInt32>)
      -> Result
  ) -> Result {
    words.withUnsafeBufferPointer { words in
      let start = place * Self.size
      let middle = start + TermVector.length
      return body(
        UnsafeBufferPointer(rebasing: words[start..<middle]),
        UnsafeBufferPointer(rebasing: words[middle..<start + Self.size]))
    }
  }

  /// Something of every cache line that a vector lies in.
  @inline(__always)
  func touch(at place: Int) -> UInt32 {
    let start = place * Self.size
    return words.withUnsafeBufferPointer { words in
      var touched = words[start + Self.size - 1]
      for place in stride(from: start, to: start + Self.size, by: 16) { touched |= words[place] }
      return touched
    }
  }
}
