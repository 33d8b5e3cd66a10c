// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Clusters turned out to be one; the survivor is the one with the smallest number.
package struct Merged: Sendable, Equatable {
  /// The number of the cluster that stays.
  package var cluster: UInt32
  /// The numbers of the clusters that are folded into it.
  package var absorbed: [UInt32]
  /// The document that showed it.
  package var document: UInt32
  /// What that document was compared with.
  package var match: Match

  /// Makes a value from its fields.
  package init(
    cluster: UInt32, absorbed: [UInt32], document: UInt32, match: Match
  ) {
    self.cluster = cluster
    self.absorbed = absorbed
    self.document = document
    self.match = match
  }
}
