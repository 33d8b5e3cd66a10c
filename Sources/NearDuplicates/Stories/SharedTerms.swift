// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What two texts have in common, term by term: products of the weights, by what they say.
///
/// Fitted, with all the numbers here, on labelled sets of events and of forms.
struct SharedTerms {
  /// What a word weighs against an event that stands between the same words in both.
  private static let formLoss = 0.9
  /// Names and numbers between the same words confirm what stands in other words, as a multiple.
  private static let confirmation = 1.4
  /// Likewise short numbers and years, of which any two reports of some kind have a few.
  private static let commonNumbers = 0.35
  /// The cosine of names and numbers alone from which on the same words are taken less for those of
  /// a form, and from which on they are not: instances of a form have other names.
  private static let (formEnds, noForm) = (0.35, 0.5)
  /// Likewise, from which on the one text is taken for a copy of the other.
  private static let (copyBegins, copy) = (0.5, 0.8)

  /// Pairs of characters of scripts without spaces are many for what they tell: the terms of a
  /// unit hold a smaller part of the text. In sixteenths.
  private static let unspacedGain: UInt32 = 19

  /// In other words.
  private var free: UInt32 = 0
  private var freeNumbers: UInt32 = 0
  /// Names and numbers between the same words.
  private var held: UInt32 = 0
  /// Words between the same words.
  private var form: UInt32 = 0
  /// Names and numbers wherever they stand.
  private var telling: UInt32 = 0

  /// - Parameters:
  ///   - product: of the weights.
  ///   - one: its context in the one text.
  ///   - other: in the other.
  @inline(__always)
  mutating func add(_ product: UInt32, _ one: UInt32, _ other: UInt32) {
    let product =
      TermContext.isUnspaced(one) ? (product &* Self.unspacedGain) &>> 4 : product
    let isCommonNumber = TermContext.isCommonNumber(one)
    let arePlain = TermContext.arePlain(one, other)
    if !isCommonNumber, !arePlain { telling &+= product }
    if TermContext.agree(one, other) {
      if arePlain {
        form &+= product
      } else {
        held &+= product
      }
    } else if isCommonNumber {
      freeNumbers &+= product
    } else {
      free &+= product
    }
  }

  /// The product of the two vectors, less what says nothing of an event.
  ///
  /// - Parameter norms: the product of the lengths of the two vectors' names and numbers.
  func evidence(_ norms: () -> Double) -> Double {
    let numbers = Double(freeNumbers)
    let spread = Double(free) + min(numbers, Self.commonNumbers * Double(free))
    let confirmed = min(Double(held), Self.confirmation * spread)
    if held &+ form == 0 { return spread }
    let norms = telling == 0 ? 0 : norms()
    let alike = norms == 0 ? 0 : Double(telling) / norms
    let loss = Self.formLoss * (1 - Self.part(alike, Self.formEnds, Self.noForm))
    let evidence = max(0, spread + confirmed - loss * Double(form))
    let all = Double(free &+ held &+ form) + numbers
    return evidence + Self.part(alike, Self.copyBegins, Self.copy) * (all - evidence)
  }

  /// How far a value has come from one to another, 0 to 1.
  private static func part(_ value: Double, _ from: Double, _ to: Double) -> Double {
    min(1, max(0, (value - from) / (to - from)))
  }
}
