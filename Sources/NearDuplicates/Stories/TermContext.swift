// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What kind of term it is, and what stands around it where it comes first in its text.
///
/// Two reports of one event say the same names in other words; two instances of a form say other
/// names in the same words. So a word that both texts have between the same words is no evidence
/// of an event but of a form. Two bits for the kind, and three hashes of ten bits: of the two words
/// before the term, of the one before and the one behind, of the two behind. Where a line begins or
/// ends, that is what stands there.
struct TermContext: Sendable, Equatable {
  enum Kind: UInt32 {
    /// A word that is no name.
    case plain = 0
    /// A number of one or two characters, or a year.
    case commonNumber = 1
    /// A name, a number.
    case telling = 2
    /// Characters of a script without spaces, which tell as much.
    case unspaced = 3
  }

  /// What stands before the beginning of a line and behind its end.
  private static let lineEdge: UInt32 = 0x1111_1111

  private static let kinds: UInt32 = 0b11
  private static let before: UInt32 = 0x3FF << 2
  private static let around: UInt32 = 0x3FF << 12
  private static let after: UInt32 = 0x3FF << 22

  let rawValue: UInt32

  init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// - Parameters:
  ///   - place: of the term's first token.
  ///   - isPair: it has two.
  init(
    _ kind: Kind, at place: Int, isPair: Bool, in tokens: UnsafeBufferPointer<UInt32>,
    _ traits: UnsafeBufferPointer<UInt8>
  ) {
    func token(before place: Int) -> (token: UInt32, place: Int) {
      guard place > 0, traits[place] & TokenTraits.firstOfLine == 0 else {
        return (Self.lineEdge, 0)
      }
      return (tokens[place - 1], place - 1)
    }
    func token(after place: Int) -> (token: UInt32, place: Int) {
      guard place + 1 < tokens.count, traits[place + 1] & TokenTraits.firstOfLine == 0 else {
        return (Self.lineEdge, tokens.count)
      }
      return (tokens[place + 1], place + 1)
    }
    let previous = token(before: place)
    let next = token(after: isPair ? place + 1 : place)
    let (first, last) = (token(before: previous.place).token, token(after: next.place).token)
    rawValue =
      kind.rawValue | Self.hash(first, previous.token) << 2
      | Self.hash(previous.token, next.token) << 12 | Self.hash(next.token, last) << 22
  }

  @inline(__always)
  private static func hash(_ first: UInt32, _ second: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: Mixing.mix(UInt64(first) << 32 | UInt64(second)) >> 54)
  }

  /// Whether the term stands between the same words in two texts: on one side of it, or around it.
  @inline(__always)
  static func agree(_ one: UInt32, _ other: UInt32) -> Bool {
    let difference = one ^ other
    return difference & before == 0 || difference & around == 0 || difference & after == 0
  }

  /// Whether it is a word and no name in both texts.
  @inline(__always)
  static func arePlain(_ one: UInt32, _ other: UInt32) -> Bool { (one | other) & kinds == 0 }

  @inline(__always)
  static func isTelling(_ context: UInt32) -> Bool { context & Kind.telling.rawValue != 0 }

  @inline(__always)
  static func isUnspaced(_ context: UInt32) -> Bool { context & kinds == Kind.unspaced.rawValue }

  @inline(__always)
  static func isCommonNumber(_ context: UInt32) -> Bool {
    context & kinds == Kind.commonNumber.rawValue
  }
}
