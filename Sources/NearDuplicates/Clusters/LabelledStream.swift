// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A collection that is told which documents belong together, and measures the pairs that it would
/// have compared: what the pair model is fitted on.
package struct LabelledStream: Sendable {
  /// What was measured of an arriving document and an earlier one.
  package struct Observation: Sendable {
    package let newer: Int
    package let older: Int
    /// In the order of `PairMeasure`.
    package let measures: [Float]
  }

  /// The measures by name, in the order in which an observation has them.
  package static let measureNames = PairMeasure.allCases.map { "\($0)" }

  /// So many true mates are measured although no look-up named them.
  private static let mates = 4

  private var collection = Collection()
  /// By document number; the place 0 is unused.
  private var texts: [PreparedDocument?] = [nil]
  private var names: [Int] = [-1]
  /// The cluster of each label.
  private var clusters: [Int: UInt32] = [:]

  package init() {}

  /// Takes the next document in.
  ///
  /// - Parameters:
  ///   - name: What the observations call it.
  ///   - label: Documents of one label are one cluster.
  /// - Returns: what was measured of it and earlier ones.
  package mutating func add(
    _ document: PreparedDocument, name: Int, label: Int
  ) throws -> [Observation] {
    let known = texts
    let contents: Collection.Contents = { number in
      known[Int(number)].map {
        TokenSequence(tokens: $0.fingerprint.tokens, traits: $0.fingerprint.traits)
      } ?? TokenSequence(tokens: [], traits: [])
    }
    let observed = try collection.observe(document, contents)
    let cluster = clusters[label]
    var observations = observed.map {
      Observation(newer: name, older: names[Int($0.document)], measures: $0.measures.values)
    }
    if let cluster {
      for mate in collection.clusters.representatives(of: cluster).prefix(Self.mates)
      where !observed.contains(where: { $0.document == mate }) {
        let measures = try collection.measure(mate, contents)
        observations.append(
          Observation(newer: name, older: names[Int(mate)], measures: measures.values))
      }
    }
    let number = collection.clusters.nextDocument
    try collection.enterLabelled(document, cluster, contents)
    clusters[label] = cluster ?? number
    texts.append(document)
    names.append(name)
    return observations
  }
}

extension Collection {
  /// A document that the arriving one would have been compared with.
  struct Observed: Sendable {
    let document: UInt32
    let measures: PairMeasures
  }

  /// Looks the arriving document up and measures it against all that `add` would score.
  mutating func observe(
    _ document: PreparedDocument, _ contents: Contents
  ) throws -> [Observed] {
    scorer.begin(clusters.nextDocument, document.profile)
    let candidates = search.candidates(
      for: document, in: index, &clusters, weights: sampleWeights)
    return try candidates.flatMap { candidate in
      try members(toCompare: candidate).map {
        Observed(document: $0, measures: try measure($0, contents))
      }
    }
  }

  /// The measures of the arriving document and an earlier one.
  mutating func measure(_ other: UInt32, _ contents: Contents) throws -> PairMeasures {
    try scorer.measures(clusters.nextDocument, other, clusters: 1, counts, contents)
  }

  /// Puts the arriving document, which was observed, where it is said to belong.
  mutating func enterLabelled(
    _ document: PreparedDocument, _ cluster: UInt32?, _ contents: Contents
  ) throws {
    let joined = cluster.map { cluster in
      ComparedCluster(
        cluster: cluster,
        members: clusters.representatives(of: cluster).map {
          ComparedCluster.Member(
            document: $0,
            score: PairScore(logOdds: 0, overlap: .init(shared: 0, first: 0, second: 0)))
        }, linkage: 0)
    }
    _ = try enter(document, joined, contents)
    scorer.finish()
  }
}
