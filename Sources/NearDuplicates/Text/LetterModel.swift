// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much text looks like writing: which letters follow one another in the words of 29 languages.
///
/// Made from `BackgroundWords`. What says nothing about an encoding is left out: only steps from
/// one
/// letter to the next count of which at least one is no ASCII, so that the few accents of a Latin
/// text weigh as much as all letters of a Greek one. Characters of scripts without spaces have no
/// neighbours in the words and count by how common they are.
package struct LetterModel: Sendable {
  package static let shared = LetterModel()

  /// What was seen of a text: binary logarithms of likelihoods, added up.
  package struct Score: Sendable, Equatable {
    package var sum = 0.0
    package var count = 0.0

    /// Bits a step, mostly -4 to -8 for text and below -8.5 for bytes read in the wrong encoding.
    package var mean: Double { count == 0 ? 0 : sum / count }

    package init() {}

    @inline(__always)
    mutating func add(_ bits: Double, counting: Double = 1) {
      sum += bits
      count += counting
    }
  }

  /// Below this are the letters whose pairs are known; all alphabets are.
  private static let alphabetLimit: UInt32 = 0x2000
  private static let unitLimit: UInt32 = 0x10000
  /// A pair that no word has.
  private static let unseen = -14.0
  /// A pair of letters of a script that no listed language is written in.
  private static let unknownScript = -6.5
  /// A character of a script without spaces that is not listed.
  private static let rareCharacter = -17.0
  /// Controls, unassigned characters, those for private use, what replaces malformed bytes.
  private static let noText = -20.0
  private static let symbol = -9.0
  private static let punctuation = -7.0
  private static let halfWidth = -12.0
  private static let step = 8.0

  private enum Kind: UInt8 { case other, letter, mark, symbol, punctuation, control }

  /// The place of a letter in `pairs`; 0 stands for the edge of a word and for unknown letters.
  private let places: [UInt16]
  private let placeCount: Int
  /// Logarithms in eighths, by the place of the letter before and that of the letter.
  private let pairs: [Int8]
  /// The same for characters by themselves.
  private let characters: [Int8]
  private let kinds: [UInt8]
  private let small: [UInt16]
  /// Of each 128 code points: whether any listed word has a letter of them.
  private let isListed: [Bool]

  /// The score of a text, given as scalars.
  package func score(_ text: some Sequence<UInt32>) -> Score {
    var score = Score()
    var previous: UInt32 = 0
    for scalar in text {
      if scalar < 0x80 {
        previous = scoreASCII(scalar, after: previous, &score)
      } else if scalar < LetterModel.alphabetLimit {
        previous = scoreAlphabet(scalar, after: previous, &score)
      } else {
        if previous >= 0x80 { score.add(end(previous)) }
        scoreCharacter(scalar, &score)
        previous = 0
      }
    }
    return score
  }

  /// How likely a letter is behind another, where 0 is the beginning of a word; in bits.
  package func likelihood(of letter: UInt32, after previous: UInt32) -> Double {
    if LetterModel.alphabetLimit..<LetterModel.unitLimit ~= letter {
      let known = characters[Int(letter)]
      return known == 0 ? LetterModel.rareCharacter : Double(known) / LetterModel.step
    }
    guard letter < LetterModel.alphabetLimit, previous < LetterModel.alphabetLimit else {
      return LetterModel.unseen
    }
    return pair(UInt32(small[Int(previous)]), UInt32(small[Int(letter)]))
  }

  @inline(__always)
  private func scoreASCII(
    _ scalar: UInt32, after previous: UInt32, _ score: inout Score
  ) -> UInt32 {
    let letter = scalar | 0x20
    if letter &- 0x61 < 26 {
      if previous >= 0x80 { score.add(pair(previous, letter)) }
      return letter
    }
    if previous >= 0x80 { score.add(end(previous)) }
    if scalar < 0x20 ? !(0x09...0x0D ~= scalar || scalar == 0x1B) : scalar == 0x7F {
      score.add(LetterModel.noText)
    }
    return 0
  }

  private func scoreAlphabet(
    _ scalar: UInt32, after previous: UInt32, _ score: inout Score
  ) -> UInt32 {
    switch Kind(rawValue: kinds[Int(scalar)]) {
    case .letter, .mark:
      let letter = UInt32(small[Int(scalar)])
      score.add(ThaiLetters.contains(letter) ? thai(previous, letter) : pair(previous, letter))
      return letter
    case .control: score.add(LetterModel.noText)
    case .symbol: score.add(LetterModel.symbol)
    case .punctuation: score.add(LetterModel.punctuation)
    case .other, nil: break
    }
    if previous >= 0x80 { score.add(end(previous)) }
    return 0
  }

  private func thai(_ previous: UInt32, _ letter: UInt32) -> Double {
    let isAllowed = ThaiLetters.allows(letter, after: previous)
    return isAllowed ? LetterModel.unknownScript + 0.5 : LetterModel.unseen
  }

  @inline(__always)
  private func pair(_ previous: UInt32, _ letter: UInt32) -> Double {
    let from = Int(places[Int(previous)])
    let to = Int(places[Int(letter)])
    let known = pairs[from * placeCount + to]
    if known != 0, to != 0, from != 0 || previous == 0 { return Double(known) / LetterModel.step }
    if to == 0, !isListed[Int(letter >> 7)], previous == 0 || previous >> 9 == letter >> 9 {
      return LetterModel.unknownScript
    }
    return LetterModel.unseen
  }

  @inline(__always)
  private func end(_ previous: UInt32) -> Double {
    let from = Int(places[Int(previous)])
    let known = pairs[from * placeCount]
    if from != 0, known != 0 { return Double(known) / LetterModel.step }
    let isUnknown = from == 0 && !isListed[Int(previous >> 7)]
    return isUnknown ? LetterModel.unknownScript : LetterModel.unseen
  }

  private func scoreCharacter(_ scalar: UInt32, _ score: inout Score) {
    switch scalar {
    case 0x3041...0x30FF, 0x3105...0x312F, 0x3400...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF:
      let known = characters[Int(scalar)]
      // Two bytes mostly, so that it weighs as two letters of one byte.
      score.add(
        known == 0 ? LetterModel.rareCharacter : Double(known) / LetterModel.step, counting: 2)
    case 0xFF61...0xFF9F: score.add(LetterModel.halfWidth)
    case 0x2000...0x206F, 0x3000...0x303F, 0xFF01...0xFF60, 0xFE30...0xFE4F: break
    case 0xD800...0xF8FF, 0xFFF0...0xFFFF: score.add(LetterModel.noText)
    case 0xA000...0xABFF: score.add(LetterModel.unknownScript)
    case 0x10000...: score.add(scalar >> 16 == 2 ? LetterModel.rareCharacter : LetterModel.symbol)
    default: score.add(LetterModel.symbol)
    }
  }
}

// MARK: Making it

extension LetterModel {
  private init() {
    var kinds = [UInt8](repeating: 0, count: Int(LetterModel.alphabetLimit))
    var small = [UInt16](repeating: 0, count: Int(LetterModel.alphabetLimit))
    for point in 0..<LetterModel.alphabetLimit {
      guard let scalar = Unicode.Scalar(point) else { continue }
      kinds[Int(point)] = LetterModel.kind(scalar).rawValue
      let lower = scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? point
      small[Int(point)] = UInt16(lower < LetterModel.alphabetLimit ? lower : point)
    }
    var counts = Counts()
    for (weight, words) in BackgroundWords.groups {
      counts.add(words.description.unicodeScalars, weight: weight, small)
    }
    self.kinds = kinds
    self.small = small
    places = counts.places
    placeCount = counts.placeCount
    pairs = counts.pairLogarithms
    characters = counts.characterLogarithms
    isListed = counts.isListed
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: .mark
    case .control, .unassigned, .privateUse, .surrogate: .control
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .decimalNumber,
      .letterNumber, .otherNumber:
      .symbol
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      .punctuation
    default: .other
    }
  }

  /// How often letters and pairs of them occur.
  private struct Counts {
    private static let mostPlaces = 1024

    var places = [UInt16](repeating: 0, count: Int(LetterModel.alphabetLimit))
    var placeCount = 1
    var isListed = [Bool](repeating: false, count: Int(LetterModel.alphabetLimit >> 7))
    private var counts = [Float](repeating: 0, count: mostPlaces * mostPlaces)
    private var ideographs = [Float](repeating: 0, count: Int(LetterModel.unitLimit))
    private var syllables = [Float](repeating: 0, count: Int(LetterModel.unitLimit))

    /// Weights are tenths of a decimal order; half of it is taken, so that the few most common
    /// words do not stand for all.
    mutating func add(
      _ words: String.UnicodeScalarView, weight: UInt8, _ small: [UInt16]
    ) {
      let full = Self.power(Int(50 - min(weight, 50)))
      let damped = full.squareRoot()
      var previous = 0
      for scalar in words {
        let point = scalar.value
        if point == 0x20 || point == 0x0A {
          if previous != 0 { counts[previous * Self.mostPlaces] += damped }
          previous = 0
        } else if point < LetterModel.alphabetLimit {
          let place = place(of: Int(small[Int(point)]))
          counts[previous * Self.mostPlaces + place] += damped
          previous = place
        } else if 0xAC00...0xD7A3 ~= point {
          syllables[Int(point)] += damped
        } else if point < LetterModel.unitLimit {
          ideographs[Int(point)] += full
        }
      }
      if previous != 0 { counts[previous * Self.mostPlaces] += damped }
    }

    private mutating func place(of letter: Int) -> Int {
      if places[letter] != 0 { return Int(places[letter]) }
      guard placeCount < Self.mostPlaces else { return 0 }
      places[letter] = UInt16(placeCount)
      isListed[letter >> 7] = true
      placeCount += 1
      return placeCount - 1
    }

    var pairLogarithms: [Int8] {
      var pairs = [Int8](repeating: 0, count: placeCount * placeCount)
      for from in 0..<placeCount {
        let row = counts[from * Self.mostPlaces..<from * Self.mostPlaces + placeCount]
        let total = row.reduce(0, +)
        for (to, count) in row.enumerated() where count > 0 {
          pairs[from * placeCount + to] = Self.eighths(count / total, least: LetterModel.unseen)
        }
      }
      return pairs
    }

    var characterLogarithms: [Int8] {
      var characters = [Int8](repeating: 0, count: Int(LetterModel.unitLimit))
      for kind in [ideographs, syllables] {
        let total = kind.reduce(0, +)
        for (point, count) in kind.enumerated() where count > 0 {
          // One at -15.875 is the rarest that eight bits hold.
          characters[point] = Self.eighths(count / total, least: -15.875)
        }
      }
      return characters
    }

    /// Never zero, which stands for what does not occur.
    private static func eighths(_ share: Float, least: Double) -> Int8 {
      let bits = max(least, LetterModel.binaryLogarithm(Double(share)))
      return min(-1, Int8((bits * LetterModel.step).rounded()))
    }

    /// Ten to the power of so many tenths.
    private static func power(_ tenths: Int) -> Float {
      (0..<tenths).reduce(Float(1)) { power, _ in power * 1.258_925_4 }
    }
  }

  /// Of a number from 0 to 1, to three places: the standard library has none.
  private static func binaryLogarithm(_ number: Double) -> Double {
    var bits = Double(number.exponent)
    var rest = number.significand
    var place = 1.0
    for _ in 0..<12 {
      place /= 2
      rest *= rest
      if rest >= 2 {
        rest /= 2
        bits += place
      }
    }
    return bits
  }
}
