// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The distinct shingles of a token sequence, for exact measures.
package struct ShingleSet: Sendable, Equatable {
  /// Ascending and distinct.
  package let hashes: [UInt64]

  package var count: Int { hashes.count }

  /// The distinct runs of `length` tokens; fewer tokens than that make one shingle, none make none.
  package init(_ tokens: [UInt32], length: Int = FingerprintScheme.shingleLength) {
    precondition(length > 0)
    guard !tokens.isEmpty else {
      hashes = []
      return
    }
    let size = min(length, tokens.count)
    let count = tokens.count - size + 1
    hashes = tokens.withUnsafeBufferPointer { tokens in
      [UInt64](unsafeUninitializedCapacity: count) { output, initialized in
        guard let base = tokens.baseAddress, let start = output.baseAddress else { return }
        for index in 0..<count {
          (start + index).initialize(to: ShingleHash.hash(base + index, count: size))
        }
        initialized = HashSorting.sortDistinct(start, count: count, below: .max)
      }
    }
  }

  /// Whether a shingle is in it, by bisection.
  func contains(_ hash: UInt64) -> Bool {
    hashes.withUnsafeBufferPointer { hashes in
      var (low, high) = (0, hashes.count)
      while low < high {
        let middle = (low &+ high) / 2
        if hashes[middle] < hash { low = middle &+ 1 } else { high = middle }
      }
      return low < hashes.count && hashes[low] == hash
    }
  }

  /// The sizes of both sets and of what they share; linear in their sizes.
  package static func overlap(_ first: ShingleSet, _ second: ShingleSet) -> ShingleOverlap {
    ShingleOverlap(
      shared: HashSorting.sharedCount(first.hashes[...], second.hashes[...]),
      first: first.count, second: second.count)
  }
}
