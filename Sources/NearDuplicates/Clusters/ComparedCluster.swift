// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A candidate cluster after the comparison of the arriving document with some of its members.
struct ComparedCluster: Sendable {
  struct Member: Sendable {
    let document: UInt32
    let score: PairScore
  }

  let cluster: UInt32
  /// In the order of comparison.
  let members: [Member]
  /// The linkage score.
  let linkage: Double

  /// The member with the greatest score, the first of several.
  var best: Member? { members.max { $0.score.logOdds < $1.score.logOdds } }
}
