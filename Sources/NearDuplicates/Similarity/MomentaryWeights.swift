// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The k-weights of a set of runs, as the cluster counts are now.
///
/// A run of one document only is held by its own cluster, and one in both documents by the clusters
/// of both, which may be one cluster or two: so each run has a k-weight for either case.
struct MomentaryWeights: Sendable {
  /// Parallel to the keys: the k-weight if one of the clusters counted is the documents' own in the
  /// upper half, if two are in the lower half.
  let weights: [UInt32]
  /// The sum of the k-weights if one cluster is the documents' own.
  let total: Int

  init(_ shingles: WeightedShingles, counts: ClusterCounts) {
    var total = 0
    weights = shingles.keys.withUnsafeBufferPointer { keys in
      [UInt32](unsafeUninitializedCapacity: keys.count) { output, initialized in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: keys.count) { counted in
          guard let counted = counted.baseAddress else { return }
          counts.count(keys, into: counted)
          total = Self.weigh(keys, counted, output)
          initialized = keys.count
        }
      }
    }
    self.total = total
  }

  /// For each count, the factor with one cluster taken off and with two.
  private static let factorPairs: [UInt32] = (0...ClusterCounts.highest).map { count in
    UInt32(TextWeights.factor(count - 1)) << 16 | UInt32(TextWeights.factor(count - 2))
  }

  private static func weigh(
    _ keys: UnsafeBufferPointer<UInt64>, _ counts: UnsafeMutablePointer<UInt8>,
    _ output: UnsafeMutableBufferPointer<UInt32>
  ) -> Int {
    factorPairs.withUnsafeBufferPointer { factors in
      var total = 0
      for index in 0..<keys.count {
        // A weight of at most 255 times a factor of at most 64 stays in its half.
        let weight = factors[Int(counts[index])] &* UInt32(truncatingIfNeeded: keys[index] & 0xFF)
        output.initializeElement(at: index, to: weight)
        total &+= Int(weight &>> 16)
      }
      return total
    }
  }
}
