// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The stretch of an aligned document that is most its own: on a page of a site, its article.
///
/// It is the stretch with the greatest value, where what the other document has too counts against
/// it (Kadane's algorithm; Bentley 1984); the earliest of several.
struct OwnCore: Sendable, Equatable {
  /// Empty when all of the document is matched.
  private(set) var range = 0..<0
  /// The value of its unmatched tokens less that of its matched ones.
  private(set) var value = 0
  /// Tokens outside it.
  private(set) var outside = 0
  /// Tokens outside it that are matched.
  private(set) var matchedOutside = 0

  init() {}

  init(of side: AlignedText.Side) {
    let count = side.text.count
    var (start, sum, matched) = (0, 0, 0)
    for place in 0..<count {
      let isMatched = side.marks[place] != 0
      sum &+= isMatched ? 0 &- side.value(place) : side.value(place)
      matched &+= isMatched ? 1 : 0
      if sum <= 0 {
        (sum, start) = (0, place &+ 1)
      } else if sum > value {
        (value, range) = (sum, start..<place &+ 1)
      }
    }
    outside = count - range.count
    matchedOutside = matched - range.count { side.marks[$0] != 0 }
  }
}
