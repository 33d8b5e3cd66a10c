// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A text with its shingles by place, to tell which of its words another text has too.
package struct ShingledText: Sendable {
  /// The distinct shingles.
  package let shingles: ShingleSet
  /// How many words it has.
  package let words: Int

  /// The shingle that begins at each word but the last two.
  private let places: [UInt64]

  package init(_ tokens: [UInt32]) {
    shingles = ShingleSet(tokens)
    words = tokens.count
    let count = max(0, tokens.count - FingerprintScheme.shingleLength + 1)
    places = tokens.withUnsafeBufferPointer { tokens in
      guard let base = tokens.baseAddress else { return [] }
      return (0..<count).map {
        ShingleHash.hash(base + $0, count: FingerprintScheme.shingleLength)
      }
    }
  }

  /// How many of its words stand in runs of three and more that the other text has too.
  ///
  /// A text of less than three words is one shingle: all of it is shared or nothing.
  package func words(alsoIn other: ShingledText) -> Int {
    guard !places.isEmpty else { return shingles == other.shingles ? words : 0 }
    var covered = 0
    // The end of what was counted already: runs overlap.
    var counted = 0
    for (place, hash) in places.enumerated() where other.shingles.contains(hash) {
      let end = place + FingerprintScheme.shingleLength
      covered += end - max(place, counted)
      counted = end
    }
    return covered
  }
}
