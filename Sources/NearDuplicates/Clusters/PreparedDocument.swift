// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document with all that clustering derives from it alone: made by the workers, in parallel.
package struct PreparedDocument: Sendable {
  package let fingerprint: Fingerprint
  let profile: DocumentProfile
  /// The weight of each shingle of the sketch.
  let sampleWeights: [UInt8]
  /// Their sum.
  let sampleWeight: UInt32
  /// By which documents with the same tokens are found.
  let sequenceKey: UInt64
  /// What stories need of it, where there are stories.
  package private(set) var story: StoryText?

  package init(_ fingerprint: Fingerprint) {
    self.fingerprint = fingerprint
    profile = DocumentProfile(
      TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits))
    sampleWeights = Self.weights(of: fingerprint.sketch.hashes, in: profile.triples.keys)
    sampleWeight = sampleWeights.reduce(0) { $0 + UInt32($1) }
    sequenceKey = ShardedTable.key(Mixing.hash(fingerprint.tokens))
  }

  /// The same with what stories need.
  ///
  /// - Parameter gathering: lends its buffers.
  package init(_ fingerprint: Fingerprint, _ gathering: inout TermGathering) {
    self.init(fingerprint)
    story = StoryText(
      tokens: fingerprint.tokens, traits: fingerprint.traits, weights: profile.weights,
      &gathering)
  }

  /// Both are ascending, and the hashes are those of the first keys.
  private static func weights(of hashes: [UInt64], in keys: [UInt64]) -> [UInt8] {
    var place = 0
    return hashes.map { hash in
      while place < keys.count, keys[place] >> 8 < hash >> 8 { place += 1 }
      guard place < keys.count, WeightedShingles.matches(keys[place], hash: hash) else { return 0 }
      return UInt8(truncatingIfNeeded: keys[place])
    }
  }
}
