// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Says how likely two documents are near-duplicates: the log-odds, by gradient-boosted trees.
///
/// 150 trees of depth 3 (Friedman 2001, fitted by LightGBM) over `PairMeasures`, monotone in every
/// measure whose direction is known, so that more in common never makes a pair less alike; and 60
/// that correct them for two pages whose frame is one and whose articles are two.
struct PairModel: Sendable {
  static let shared = PairModel()

  /// Scores are cut off here: beyond it they say nothing more, and one pair could outweigh many.
  static let limit = 6.0

  /// While fewer documents have begun a cluster, the cluster counts know too little of what is
  /// boilerplate, and only the frame trees can tell.
  static let coldFoundings = 256
  /// What the frame trees weigh from then on: at full weight they cost short answers some of their
  /// pairs, and at none the first pages of a site not met before would be joined.
  static let warmFrameWeight = 0.6

  private let main = TreeEnsemble(Self.trees)
  private let frame = TreeEnsemble(Self.frameTrees)

  var treeCount: Int { main.count + frame.count }

  private init() {}

  /// What the frame trees weigh when so many documents have begun a cluster.
  static func frameWeight(foundings: Int) -> Double {
    foundings < coldFoundings ? 1 : warmFrameWeight
  }

  /// The log-odds that a pair with these measures is one of near-duplicates, from −6 to 6.
  func score(_ pair: PairMeasures, frameWeight: Double) -> Double {
    let sum = main.sum(pair) + frameWeight * frame.sum(pair)
    return max(-Self.limit, min(Self.limit, sum))
  }
}
