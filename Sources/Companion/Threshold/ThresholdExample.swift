// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// The two texts at a border that are most alike, to judge by whether it should be there.
struct ThresholdExample: Sendable, Equatable {
  /// So many documents on each side are looked at.
  private static let looked = 4

  let clusters: [UInt32]
  let first: UInt32
  let second: UInt32
  /// How likely the two are near-duplicates by themselves, 0 to 1.
  let similarity: Double

  /// Nil where no two of the texts can be read.
  init?(_ change: ThresholdEffect.Change, _ contents: ThresholdReplay.Contents) rethrows {
    guard change.groups.count > 1 else { return nil }
    var best: (first: UInt32, second: UInt32, similarity: Double)?
    for first in change.groups[0].prefix(Self.looked) {
      for second in change.groups[1].prefix(Self.looked) {
        let (older, newer) = (min(first, second), max(first, second))
        let similarity = TextPair(try contents(newer), try contents(older)).similarity
        if let best, best.similarity >= similarity { continue }
        best = (older, newer, similarity)
      }
    }
    guard let best else { return nil }
    clusters = change.clusters
    (first, second, similarity) = best
  }
}
