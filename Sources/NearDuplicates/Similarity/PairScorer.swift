// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Compares documents by number, and keeps what it had to derive for that.
struct PairScorer: Sendable {
  private var profiles = ProfileCache()
  /// Of the arrival that is being decided; good as long as the counts stay as they are.
  private var weighed: [UInt32: WeighedProfile] = [:]
  private var aligner = Aligner()
  /// The document that is being decided: its contents cannot be asked for yet.
  private var arrival: (document: UInt32, profile: DocumentProfile)?
  /// How many pairs were compared, for tests and benchmarks.
  private(set) var comparisons = 0

  /// A document arrives.
  mutating func begin(_ document: UInt32, _ profile: DocumentProfile) {
    arrival = (document, profile)
    weighed.removeAll(keepingCapacity: true)
  }

  /// The arrival is decided; it is likely to be asked for soon.
  mutating func finish() {
    if let arrival { profiles.insert(arrival.profile, of: arrival.document) }
    arrival = nil
  }

  /// The arrival was only asked about.
  mutating func discard() {
    arrival = nil
  }

  /// The counts have changed.
  mutating func forgetWeights() {
    weighed.removeAll(keepingCapacity: true)
  }

  mutating func profile(
    of document: UInt32, _ contents: Collection.Contents
  ) throws -> DocumentProfile {
    if let arrival, arrival.document == document { return arrival.profile }
    if let profile = profiles.profile(of: document) { return profile }
    let profile = DocumentProfile(try contents(document))
    profiles.insert(profile, of: document)
    return profile
  }

  /// The tokens alone, which is all that recognising a copy takes.
  func tokens(
    of document: UInt32, _ contents: Collection.Contents
  ) throws -> [UInt32] {
    try profiles.known(document)?.tokens ?? contents(document).tokens
  }

  /// - Parameter clusters: As in `ShingleComparison`.
  mutating func score(
    _ newer: UInt32, _ older: UInt32, clusters: Int, _ counts: ClusterCounts,
    _ contents: Collection.Contents
  ) throws -> PairScore {
    let comparison = try comparison(newer, older, clusters: clusters, counts, contents)
    return PairScore(
      logOdds: PairModel.shared.score(comparison.measures),
      overlap: comparison.overlap, newerCovered: comparison.newerCovered,
      olderCovered: comparison.olderCovered, cosine: comparison.measures[.cosine])
  }

  /// The measures alone, for fitting the model.
  mutating func measures(
    _ newer: UInt32, _ older: UInt32, clusters: Int, _ counts: ClusterCounts,
    _ contents: Collection.Contents
  ) throws -> PairMeasures {
    try comparison(newer, older, clusters: clusters, counts, contents).measures
  }

  private mutating func comparison(
    _ newer: UInt32, _ older: UInt32, clusters: Int, _ counts: ClusterCounts,
    _ contents: Collection.Contents
  ) throws -> PairComparison {
    comparisons += 1
    return PairComparison(
      try weighed(newer, counts, contents), try weighed(older, counts, contents),
      clusters: clusters, aligner: &aligner)
  }

  private mutating func weighed(
    _ document: UInt32, _ counts: ClusterCounts, _ contents: Collection.Contents
  ) throws -> WeighedProfile {
    if let known = weighed[document] { return known }
    let made = WeighedProfile(try profile(of: document, contents), counts: counts)
    weighed[document] = made
    return made
  }

  func checkInvariants() { profiles.checkInvariants() }
}
