// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Says how likely two documents are near-duplicates: the log-odds, by gradient-boosted trees
/// between a law above and a floor below.
///
/// Trees of depth 4 (Friedman 2001, fitted by LightGBM) over `PairMeasures`, monotone in every
/// measure whose direction is known, so that more in common never makes a pair less alike. What is
/// nearly all the same is near whatever the trees say, and what has next to nothing in common is
/// not: no set of texts that they were fitted on can say otherwise.
struct PairModel: Sendable {
  static let shared = PairModel()

  /// Scores are cut off here: beyond it they say nothing more, and one pair could outweigh many.
  static let limit = 6.0
  /// A pair of at least this resemblance is near: the law.
  static let lawfulResemblance = 0.88

  private let trees = TreeEnsemble(Self.trees)

  var treeCount: Int { trees.count }

  private init() {}

  /// The log-odds that a pair with these measures is one of near-duplicates, from −6 to 6.
  func score(_ pair: PairMeasures) -> Double {
    if Self.isLawful(pair) { return Self.limit }
    if Self.isBelowFloor(pair) { return -Self.limit }
    return max(-Self.limit, min(Self.limit, trees.sum(pair)))
  }

  /// Whether a pair is near by the law.
  static func isLawful(_ pair: PairMeasures) -> Bool {
    pair[.tripleResemblance] >= lawfulResemblance
  }

  /// A pair below both of these has next to nothing in common.
  static let floorContainment = 0.12
  static let floorResemblance = 0.06
  /// As log2(1 + triples): fewer shared triples are a name or a stock phrase, unless they are a
  /// good part of both texts.
  static let floorSharedTriples = 3.0
  static let floorShortResemblance = 0.3

  /// Whether a pair has too little in common to be near on its own strength.
  static func isBelowFloor(_ pair: PairMeasures) -> Bool {
    let resemblance = pair[.tripleResemblance]
    if pair[.tripleContainment] < floorContainment && resemblance < floorResemblance {
      return true
    }
    return pair[.sharedTriples] < floorSharedTriples && resemblance < floorShortResemblance
  }
}
