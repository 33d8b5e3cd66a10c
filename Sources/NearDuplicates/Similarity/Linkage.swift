// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// How well a document fits a cluster as a whole, from its scores with some of the members.
///
/// The mean of the best third: one member that is near by chance, as in a round-up, does not carry
/// the cluster, and members that lost what the document kept do not speak against it.
enum Linkage {
  /// Log-odds above which a document joins a cluster, and above which two clusters are one.
  static let joining = 0.0
  /// A member that scores less with its own cluster leaves it.
  static let parting = -1.0
  /// What a member must score with a document of another cluster for moving to be asked.
  static let movingHint = 1.0
  /// By how much the other cluster must fit it better.
  static let movingMargin = 1.0
  /// A cluster whose first members all score less is not looked at further.
  static let hopeless = -3.0

  /// How many of `count` scores are averaged: 34 hundredths, at least one.
  static func taken(of count: Int) -> Int { max(1, (17 * count + 49) / 50) }

  /// The mean of the best scores; nil of none.
  static func link(_ scores: [Double]) -> Double? {
    guard !scores.isEmpty else { return nil }
    let best = scores.sorted(by: >).prefix(taken(of: scores.count))
    return best.reduce(0, +) / Double(best.count)
  }

  /// A probability as log-odds; exactly 0 for one half.
  static func logOdds(_ probability: Double) -> Double {
    log(probability) - log(1 - probability)
  }

  /// Log-odds as a probability.
  static func probability(_ logOdds: Double) -> Double { 1 / (1 + exp(-logOdds)) }
}
