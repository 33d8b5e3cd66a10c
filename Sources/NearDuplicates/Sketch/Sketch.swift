// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A sample of a document's distinct shingles: those whose hash is below a threshold.
///
/// Since the hash alone decides what is kept, the samples of two documents are samples of what they
/// share, which gives resemblance and containment at any pair of lengths (Broder 1997; FracMinHash,
/// Irber et al. 2022). Most documents have the common threshold of the sampling; the floor raises
/// it for short ones and the cap lowers it for huge ones, to the first hash that is not kept.
package struct Sketch: Sendable, Equatable {
  /// Ascending, distinct, all below the threshold.
  package var hashes: [UInt64]
  /// All of the document's shingles with a hash below this are here; `.max` when all are.
  package var threshold: UInt64

  package init(hashes: [UInt64], threshold: UInt64) {
    self.hashes = hashes
    self.threshold = threshold
  }

  /// The share of all possible hashes that is kept, above 0 and up to 1.
  package var samplingRate: Double {
    threshold == .max ? 1 : Double(threshold) / 0x1p64
  }

  /// About how many distinct shingles the document has; exact where all are kept.
  package var estimatedShingles: Double {
    Double(hashes.count) / samplingRate
  }

  /// The sketch as it would be at a lower threshold.
  package func lowered(to threshold: UInt64) -> Sketch {
    guard threshold < self.threshold else { return self }
    return Sketch(hashes: Array(hashes.prefix(below(threshold))), threshold: threshold)
  }

  /// What two sketches have in common below the lower of their thresholds.
  ///
  /// Its resemblance and containment estimate those of the documents.
  package static func overlap(_ first: Sketch, _ second: Sketch) -> ShingleOverlap {
    let common = min(first.threshold, second.threshold)
    let left = first.hashes.prefix(first.below(common))
    let right = second.hashes.prefix(second.below(common))
    return ShingleOverlap(
      shared: HashSorting.sharedCount(left, right), first: left.count, second: right.count)
  }

  package func checkInvariants() {
    assert(zip(hashes, hashes.dropFirst()).allSatisfy { $0 < $1 }, "ascending and distinct")
    assert(hashes.last.map { $0 < threshold } ?? true, "below the threshold")
    assert(threshold > 0)
  }

  /// How many hashes are below `threshold`, by bisection.
  private func below(_ threshold: UInt64) -> Int {
    guard threshold < self.threshold else { return hashes.count }
    var range = 0..<hashes.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        hashes[middle] < threshold
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
