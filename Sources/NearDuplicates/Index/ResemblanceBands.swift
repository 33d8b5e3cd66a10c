// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Keys by which documents of nearly the same shingles find each other in the index, however common
/// each of their shingles is.
///
/// The classic bands over MinHash signatures (Broder 1997; Indyk and Motwani 1998), the signature
/// taken in one permutation (Li, Owen and Zhang 2012) with empty bins filled from others
/// (Shrivastava 2017). A pair of resemblance s shares one of the keys with a probability of
/// 1 − (1 − s⁶)¹⁶: all but five in a million at .9, one in two at .6.
enum ResemblanceBands {
  static let bandCount = 16
  private static let rows = 6
  private static let bins = bandCount * rows
  /// So many bins are asked for a value in place of an empty one.
  private static let attempts: UInt64 = 64

  /// A key for each band.
  static func keys(of triples: WeightedShingles) -> [UInt64] {
    guard triples.count > 0 else { return [] }
    var least = [UInt64](repeating: .max, count: bins)
    for key in triples.keys {
      let mixed = Mixing.mix(key &>> 8)
      let bin = Int(truncatingIfNeeded: ((mixed &>> 32) &* UInt64(bins)) &>> 32)
      least[bin] = min(least[bin], mixed)
    }
    let filled = (0..<bins).map { least[$0] == .max ? borrowed(for: $0, least) : least[$0] }
    return (0..<bandCount).map { band in
      let first = UInt64(band) &+ 0xA076_1D64_78BD_642F
      return filled[band * rows..<(band + 1) * rows].reduce(first) { Mixing.mix($0 ^ $1) }
    }
  }

  /// A list of a band that has so many documents tells little: then pairs of bands are listed too.
  static let fullList = 256
  private static let pairCount = 32

  /// Keys of pairs of bands, for families of documents that share most bands.
  ///
  /// A pair of resemblance s shares one of them with a probability of about 1 − (1 − s¹²)³²: all
  /// but
  /// four in 100,000 at .9, nine in ten at .8.
  static func pairKeys(_ bands: [UInt64]) -> [UInt64] {
    guard bands.count == bandCount else { return [] }
    return (0..<pairCount).map { pair in
      // Each of the sixteen bands is paired with the next one and with the seventh behind it.
      let first = pair % bandCount
      let second = (first + (pair < bandCount ? 1 : 7)) % bandCount
      return Mixing.mix(bands[first] &+ 0x9E37_79B9_7F4A_7C15 &* bands[second])
    }
  }

  /// The value of another bin, the same one wherever the same bins are empty.
  private static func borrowed(for bin: Int, _ least: [UInt64]) -> UInt64 {
    for attempt in 0..<attempts {
      let other = Mixing.mix(UInt64(bin) << 32 | attempt) % UInt64(bins)
      if least[Int(other)] != .max { return least[Int(other)] }
    }
    return least.min() ?? 0
  }
}
