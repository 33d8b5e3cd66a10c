// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The latest texts of a collection that is brought back, whose runs are still to be counted.
///
/// Reading them takes most of the time, and several threads may do it, each some of them.
package struct UncountedTexts: Sendable {
  /// What the counts take of a text and of its mates.
  package struct Runs: Sendable {
    let own: CountedRuns
    let mates: [CountedRuns]
  }

  /// The runs of two and three words, without the weights that counting has no use for.
  struct CountedRuns: Sendable {
    let pairs: WeightedShingles
    let triples: WeightedShingles

    init(_ text: TokenSequence) {
      let weights = [UInt8](repeating: 0, count: text.words)
      pairs = WeightedShingles(text.tokens, weights: weights, length: 2)
      triples = WeightedShingles(text.tokens, weights: weights, length: 3)
    }
  }

  let entries: [CountReplay.Entry]

  package var count: Int { entries.count }

  /// The runs of some of the texts, in the order in which they are to be counted.
  package func runs(
    _ places: Range<Int>, contents: Collection.Contents
  ) throws -> [Runs] {
    try entries[places].map { entry in
      Runs(
        own: CountedRuns(try contents(entry.document)),
        mates: try entry.mates.map { CountedRuns(try contents($0)) })
    }
  }
}
