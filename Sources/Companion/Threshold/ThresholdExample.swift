// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// The two most alike of the first texts of the two largest groups at a border, to judge by
/// whether it should be there.
struct ThresholdExample: Sendable, Equatable {
  /// So many documents on each side are looked at.
  private static let looked = 4

  let clusters: [UInt32]
  let first: UInt32
  let second: UInt32
  /// How likely the two are near-duplicates by themselves, 0 to 1.
  let similarity: Double

  /// Nil where no two of the texts can be read.
  init?(_ change: ThresholdEffect.Change, _ contents: Collection.Contents) rethrows {
    guard change.groups.count > 1 else { return nil }
    var best: (first: UInt32, second: UInt32, similarity: Double)?
    let others = try change.groups[1].prefix(Self.looked).map { ($0, try contents($0)) }
    for first in change.groups[0].prefix(Self.looked) {
      let text = try contents(first)
      for (second, other) in others {
        let pair = first < second ? TextPair(other, text) : TextPair(text, other)
        if let best, best.similarity >= pair.similarity { continue }
        best = (min(first, second), max(first, second), pair.similarity)
      }
    }
    guard let best else { return nil }
    clusters = change.clusters
    (first, second, similarity) = best
  }
}
