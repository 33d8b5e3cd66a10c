// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The cosines between those that stand for a story, by their places: kept from arrival to arrival,
/// since most change one of them or none.
struct RepresentativeCosines: Sendable, Equatable {
  private static let limit = StoryGroup.representativeLimit

  /// A triangle, row by row; empty before the first use.
  private var values: [Float] = []
  /// A bit for each place whose cosines are not known.
  private var unknown: UInt16 = .max

  /// The cosine of two different places.
  subscript(one: Int, other: Int) -> Double {
    get { Double(values[Self.index(one, other)]) }
    set { values[Self.index(one, other)] = Float(newValue) }
  }

  private static func index(_ one: Int, _ other: Int) -> Int {
    let (row, column) = (max(one, other), min(one, other))
    return row * (row - 1) / 2 + column
  }

  /// Another one stands at a place.
  mutating func forget(_ place: Int) { unknown |= 1 << UInt16(place) }

  mutating func forgetAll() { unknown = .max }

  /// The first places of a number whose cosines are not known.
  func unknownPlaces(below count: Int) -> [Int] {
    (0..<count).filter { unknown >> UInt16($0) & 1 != 0 }
  }

  /// Takes the cosines of one place with all others below a number.
  mutating func learn(_ place: Int, below count: Int, _ cosine: (Int) -> Double) {
    if values.isEmpty { values = Array(repeating: 0, count: Self.limit * (Self.limit - 1) / 2) }
    for other in 0..<count where other != place { self[place, other] = cosine(other) }
    unknown &= ~(1 << UInt16(place))
  }
}
