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

  /// The members that are near by the law.
  var lawful: [UInt32] { members.filter(\.score.isLawful).map(\.document) }

  /// Scores that differ by less are alike.
  private static let alike = 1.5

  /// The member that is nearest: of those that score alike, the one of the greatest resemblance,
  /// the
  /// first of several.
  var best: Member? {
    guard let greatest = members.map(\.score.logOdds).max() else { return nil }
    var best: Member?
    for member in members where member.score.logOdds >= greatest - Self.alike {
      if let known = best, known.score.overlap.resemblance >= member.score.overlap.resemblance {
        continue
      }
      best = member
    }
    return best
  }
}
