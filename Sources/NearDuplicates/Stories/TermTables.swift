// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The numbers that make terms' weights, as tables. Fitted on labelled sets of news events.
struct TermTables: Sendable {
  static let shared = TermTables()

  /// The information of words below which they say nothing of an event: function words.
  static let leastInformation = 2.2
  /// How slowly the collection lowers a weight: so many units have the say of the static table.
  static let priorUnits = 160.0
  /// The most that a pair of characters may say.
  static let pairLimit: Float = 12

  private static let wordsOfText = 80.0
  private static let wordLimit = 9.0
  private static let leadDecay = 80.0
  private static let leadLength = 512

  /// By `TokenWeights`: minus the logarithm of the share of short texts that hold such a word.
  let information: [Float]
  /// Likewise, in how many of `priorUnits` such a word is expected.
  let expected: [Double]
  /// Likewise, whether such a word says something of an event: one bit each.
  private let telling: UInt64
  /// The tokens of one decimal digit: there are ten in each script, and no event is told by one.
  private let digits: Set<UInt32>
  /// By 64ths of information: its power of 0.7.
  private let powers: [Float]
  /// By place in the document: what comes first counts up to twice.
  private let leads: [Float]

  private init() {
    let information = (0..<64).map { weight in
      let frequency = pow(10, -1 - Double(weight) / 10)
      return Float(min(Self.wordLimit, -log(1 - exp(-Self.wordsOfText * frequency))))
    }
    self.information = information
    expected = information.map(Self.expected)
    telling = information.indices.reduce(0) { bits, weight in
      Double(information[weight]) >= Self.leastInformation ? bits | 1 << UInt64(weight) : bits
    }
    digits = Self.digitTokens()
    powers = (0..<1024).map { Float(pow(Double($0) / 64, 0.7)) }
    leads = (0..<Self.leadLength).map { Float(1 + exp(-Double($0) / Self.leadDecay)) }
  }

  private static func digitTokens() -> Set<UInt32> {
    // The tokenizer reads the digits of all scripts as these.
    var text = (0...9).map { String($0) }.joined(separator: " ")
    var tokenizer = Tokenizer()
    text.withUTF8 { utf8 in
      _ = tokenizer.tokenize(UnsafeRawBufferPointer(utf8), tolerant: true)
    }
    return Set(tokenizer.tokens.elements)
  }

  /// Whether a token is one decimal digit.
  func isDigit(_ token: UInt32) -> Bool { digits.contains(token) }

  /// Whether a word of such a weight says something of an event.
  @inline(__always)
  func isTelling(_ weight: UInt8) -> Bool { telling &>> UInt64(weight) & 1 != 0 }

  @inline(__always)
  func power(_ information: Double) -> Float { powers[min(1023, Int(information * 64 + 0.5))] }

  @inline(__always)
  func lead(_ place: Int) -> Float { place < Self.leadLength ? leads[place] : 1 }

  /// In how many of `priorUnits` a term of this information is expected.
  static func expected(_ information: Float) -> Double {
    priorUnits * exp(-Double(information))
  }

  /// What the information of all terms in a collection of so many units has in common.
  static func common(units: Int) -> Double { log(priorUnits + Double(units)) }

  /// What a term says in this collection, which can only be less than what it says by itself.
  ///
  /// - Parameters:
  ///   - stories: how many hold it, in eighths.
  ///   - common: of the collection.
  static func information(
    of candidate: TermCandidate, stories: Int, common: Double
  ) -> Double {
    min(
      Double(candidate.information), common - log(candidate.expected + Double(stories) / 8))
  }
}
