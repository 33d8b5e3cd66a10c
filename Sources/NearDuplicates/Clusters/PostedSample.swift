// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The sampled shingles of one text, to count how many of them each document was listed under.
///
/// A document is listed under a shingle unless another of its cluster is, so adding the counts up
/// by cluster gives what a search in the index finds.
package struct PostedSample: Sendable {
  /// Ascending.
  private let keys: [UInt64]
  /// A bit for each key by its lowest bits: most keys of other documents end here.
  private var filter = [UInt64](repeating: 0, count: Self.filterBits / 64)

  private static let filterBits = 1 << 16

  package init(_ tokens: [UInt32]) {
    var fingerprinter = Fingerprinter()
    keys = fingerprinter.sketch(ofStored: tokens).hashes.map { ShardedTable.key($0) }.sorted()
    for key in keys { filter[Self.word(key)] |= Self.bit(key) }
  }

  /// How many shingles the sample has.
  package var count: Int { keys.count }

  /// How many of them a document was listed under, from what the state keeps of it.
  ///
  /// Nil when that cannot be read.
  package func shared(with trace: RawSpan) -> Int? {
    var shared = 0
    let isRead = DocumentTrace.forEachPosted(trace) { key in
      if filter[Self.word(key)] & Self.bit(key) != 0, contains(key) { shared += 1 }
    }
    return isRead ? shared : nil
  }

  private func contains(_ key: UInt64) -> Bool {
    var range = keys.startIndex..<keys.endIndex
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if keys[middle] == key { return true }
      range =
        keys[middle] < key
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  @inline(__always)
  private static func word(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: key & UInt64(filterBits - 1)) >> 6
  }

  @inline(__always)
  private static func bit(_ key: UInt64) -> UInt64 { 1 << (key & 63) }
}
