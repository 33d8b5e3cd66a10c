// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A term of a text before it is known what the collection says of it.
struct TermCandidate: Sendable, Equatable {
  let term: UInt32
  /// The weight without the information.
  let factor: Float
  /// The information by the static tables.
  let information: Float
  /// In how many of `TermTables.priorUnits` these expect it.
  let expected: Double
  /// Where the term first stands, as a number of a token.
  let token: UInt32
  /// Whether it is two characters of a script without spaces.
  let isPair: Bool
  let context: TermContext
}
