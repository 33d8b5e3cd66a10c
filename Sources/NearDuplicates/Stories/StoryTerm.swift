// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A weighted term of a unit.
struct StoryTerm: Sendable, Equatable {
  let term: UInt32
  let weight: Float
  /// Where the term first stands, as a number of a token.
  let token: UInt32
  /// Whether it is two characters of a script without spaces.
  let isPair: Bool

  /// So many terms stand for a text.
  static let limit = 48

  /// The heaviest terms first, equal ones by their hash.
  static func precedes(_ one: StoryTerm, _ other: StoryTerm) -> Bool {
    one.weight != other.weight ? one.weight > other.weight : one.term < other.term
  }
}
