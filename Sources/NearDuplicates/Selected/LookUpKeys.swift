// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// By what a text is found among texts that are kept elsewhere, in a database.
///
/// Shingles of the sample, the most telling first: those with the rarest words by the tables that
/// ship with the engine. Two texts rank the shingles that both have alike, so that few of each text
/// need to be listed there to be met.
package struct LookUpKeys: Sendable {
  /// So many shingles are looked up.
  package static let askedLimit = 128
  /// So many shingles of the first text of a cluster are listed.
  package static let listedLimit = 16
  /// And of each other text of it.
  package static let listedOfOthers = 8
  /// A key with so many texts is listed for no more, and says nothing by itself.
  package static let textsPerKey = 32

  /// The keys of shingles, the most telling first.
  package let shingles: [Int64]
  /// What each weighs.
  let weights: [UInt8]
  /// The same for all texts of the same words.
  package let sequence: Int64
  /// For texts of nearly the same shingles (see `ResemblanceBands`), where each of them is common.
  package let bands: [Int64]
  /// Shingles in the sample.
  let sampled: Int

  package init(_ document: PreparedDocument) {
    let hashes = document.fingerprint.sketch.hashes
    let weights = document.sampleWeights
    let order = hashes.indices.sorted { one, other in
      weights[one] != weights[other]
        ? weights[one] > weights[other] : hashes[one] < hashes[other]
    }.prefix(Self.askedLimit)
    shingles = order.map { Int64(bitPattern: hashes[$0]) }
    self.weights = order.map { weights[$0] }
    sampled = hashes.count
    sequence = Int64(bitPattern: Mixing.mix(document.sequenceKey ^ 0x5EC0_DEAB_1E7E_57A5))
    bands = ResemblanceBands.keys(of: document.profile.triples).map { Int64(bitPattern: $0) }
  }

  /// All keys that are looked up.
  package var asked: [Int64] { shingles + bands + [sequence] }

  /// The keys under which the text is to be listed.
  ///
  /// - Parameters:
  ///   - isFirst: whether it is the first of its cluster.
  ///   - texts: how many texts each key has; nil where one of the same cluster stands for it.
  package func listed(isFirst: Bool, texts: (Int64) -> Int?) -> [Int64] {
    let limit = isFirst ? Self.listedLimit : Self.listedOfOthers
    var keys: [Int64] = []
    var withheld = 0
    for key in shingles where keys.count + withheld < limit {
      guard let count = texts(key) else {
        withheld += 1
        continue
      }
      if count < Self.textsPerKey { keys.append(key) }
    }
    if texts(sequence) != nil { keys.append(sequence) }
    // Its shingles hardly find it.
    if 4 * (keys.count + withheld) < 3 * min(limit, shingles.count) {
      keys += bands.filter { (texts($0) ?? .max) < Self.textsPerKey }
    }
    return keys
  }
}
