// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A weighted term of a unit.
struct StoryTerm: Sendable, Equatable {
  /// So many terms stand for a text.
  static let limit = 48

  /// The bits of the weight, which are in the order of the weights since these are above zero,
  /// over the complement of the hash: the heaviest come first, of equal ones the smaller hash.
  private let key: UInt64

  init(term: UInt32, weight: Float) {
    key = UInt64(weight.bitPattern) << 32 | UInt64(~term)
  }

  var term: UInt32 { ~UInt32(truncatingIfNeeded: key) }
  var weight: Float { Float(bitPattern: UInt32(truncatingIfNeeded: key >> 32)) }

  /// How many values `size` has.
  static let sizes = 256

  /// Sixteen steps for each doubling of the weight, from 2^-8 to 2^8.
  var size: Int {
    let steps = Int(key >> (32 + 23 - 4)) - (127 - 8) << 4
    return max(0, min(Self.sizes - 1, steps))
  }

  /// The heaviest terms first, equal ones by their hash.
  static func precedes(_ one: StoryTerm, _ other: StoryTerm) -> Bool { one.key > other.key }
}

/// With what stands around it.
struct WeighedTerm {
  let term: StoryTerm
  let context: TermContext

  static func precedes(_ one: WeighedTerm, _ other: WeighedTerm) -> Bool {
    StoryTerm.precedes(one.term, other.term)
  }
}
