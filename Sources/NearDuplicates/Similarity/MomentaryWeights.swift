// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The k-weights of a set of runs, as the cluster counts are now.
///
/// A run of one document only is held by its own cluster, and one in both documents by the clusters
/// of both, which may be one cluster or two: so each run has a k-weight for either case.
struct MomentaryWeights: Sendable {
  /// Parallel to the keys: the k-weight if one of the clusters counted is the documents' own in the
  /// upper half, if two are in the lower half. The highest bit of a half says that the run is own
  /// text: next to no other cluster holds it.
  let weights: [UInt32]
  /// The sum of the k-weights if one cluster is the documents' own.
  let total: Int
  /// How many runs are own text if one cluster is the documents' own.
  let own: Int

  /// A run that more other clusters hold belongs to a frame or is a phrase of everybody's.
  static let othersOfOwnText = 3
  /// The bits of a half that are the weight.
  static let weightMask: UInt32 = 0x7FFF

  init(_ shingles: WeightedShingles, counts: ClusterCounts) {
    var (total, own) = (0, 0)
    weights = shingles.keys.withUnsafeBufferPointer { keys in
      [UInt32](unsafeUninitializedCapacity: keys.count) { output, initialized in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: keys.count) { counted in
          guard let counted = counted.baseAddress else { return }
          counts.count(keys, into: counted)
          (total, own) = Self.weigh(keys, counted, output)
          initialized = keys.count
        }
      }
    }
    (self.total, self.own) = (total, own)
  }

  /// For each count, the factor with one cluster taken off and with two.
  private static let factorPairs: [UInt32] = (0...ClusterCounts.highest).map { count in
    UInt32(TextWeights.factor(count - 1)) << 16 | UInt32(TextWeights.factor(count - 2))
  }

  /// For each count, the bits that say own text.
  private static let ownMarks: [UInt32] = (0...ClusterCounts.highest).map { count in
    (count - 1 <= othersOfOwnText ? 1 << 31 : 0) | (count - 2 <= othersOfOwnText ? 1 << 15 : 0)
  }

  private static func weigh(
    _ keys: UnsafeBufferPointer<UInt64>, _ counts: UnsafeMutablePointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt32>
  ) -> (total: Int, own: Int) {
    factorPairs.withUnsafeBufferPointer { factors in
      ownMarks.withUnsafeBufferPointer { marks in
        var (total, own) = (0, 0)
        for index in 0..<keys.count {
          // A weight of at most 255 times a factor of at most 64 leaves the highest bit of its
          // half.
          let count = Int(counts[index])
          let weight = factors[count] &* UInt32(truncatingIfNeeded: keys[index] & 0xFF)
          output.initializeElement(at: index, to: weight | marks[count])
          total &+= Int(weight &>> 16)
          own &+= Int(marks[count] &>> 31)
        }
        return (total, own)
      }
    }
  }
}
