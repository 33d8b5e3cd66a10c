// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Tables that turn stored traits and counts into the weights of the pair measures.
enum TextWeights {
  /// Words from this weight on are called rare.
  static let rare: UInt8 = 30

  /// The share of its weight that a run of words keeps when `others` further clusters hold it, in
  /// 64ths: 1 / (1 + others / 2).
  static let factors: [Int] = (0...31).map { others in
    Int((64 / (1 + Double(others) / 2)).rounded())
  }

  /// As `factors`, any number of others, also one below zero.
  static func factor(_ others: Int) -> Int { factors[max(0, min(31, others))] }

  /// The greatest body value of a token.
  static let fullBody = 20
  /// A text whose body values sum to less has no body to speak of.
  static let leastBody = 200

  /// How much of the body of a text a token is, by its line: 0 below 6 tokens, 20 from 24 on.
  @inline(__always)
  static func body(_ traits: UInt8) -> Int {
    max(0, min(fullBody, 2 &* Int(traits &>> TokenTraits.lineShift) &- 4))
  }

  /// Whether a token's line has eight tokens and more.
  @inline(__always)
  static func isProse(_ traits: UInt8) -> Bool { traits &>> TokenTraits.lineShift >= 4 }

  @inline(__always)
  static func hasDigit(_ traits: UInt8) -> Bool { traits & TokenTraits.digit != 0 }

  /// What repetition adds to a word, by how often it occurs, for the cosine.
  private static let repetition = [0, 1, 1.7, 2.1, 2.4, 2.6]

  /// A component of the word vector.
  @inline(__always)
  static func component(weight: Int, occurrences: Int) -> Double {
    Double(weight - 4) * repetition[min(5, occurrences)]
  }
}
