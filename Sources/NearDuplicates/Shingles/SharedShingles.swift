// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Finds the text of several that has most of what any other of them has too.
package struct SharedShingles: Sendable {
  /// All shingles that at least two of the texts have; ascending.
  private let shared: [UInt64]

  package init(_ texts: [ShingledText]) {
    var all: [UInt64] = []
    all.reserveCapacity(texts.reduce(0) { $0 + $1.shingles.count })
    for text in texts { all += text.shingles.hashes }
    all.sort()
    var shared: [UInt64] = []
    for (hash, next) in zip(all, all.dropFirst())
    where hash == next && shared.last != hash { shared.append(hash) }
    self.shared = shared
  }

  /// How many shingles of a text another of the texts has too.
  package func count(in text: ShingledText) -> Int {
    HashSorting.sharedCount(shared[...], text.shingles.hashes[...])
  }
}
