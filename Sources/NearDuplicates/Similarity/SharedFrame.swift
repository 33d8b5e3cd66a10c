// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What three documents and more have in common when it is a frame: a notice, a licence, a footer
/// around texts that have nothing to do with each other.
///
/// Two texts cannot tell a frame from a text that was copied into two surroundings. Three can: in a
/// frame all have the very same words in common, and what is left of each is one stretch of running
/// text that none of the others has. Copies of a text lose and gain some of it, and what stands
/// around them is in several pieces.
struct SharedFrame: Sendable {
  /// The runs of three words that all have, ascending.
  private let core: [UInt64]

  private static let leastCore = 15
  private static let leastRest = 15
  /// So much of the smaller of two rests may be in both.
  private static let greatestShare = 0.08
  /// A rest with more than this in another one belongs with it.
  private static let kinShare = 0.3
  /// The share of a rest that is in its longest stretch, on average.
  private static let leastUnity = 0.93

  /// Nil when what the documents have in common is no frame.
  init?(_ documents: [DocumentProfile]) {
    guard documents.count >= 3 else { return nil }
    let sets = documents.map { Self.runs($0) }
    core = sets.dropFirst().reduce(sets[0]) { Self.common($0, $1) }
    guard core.count >= Self.leastCore else { return nil }
    for (place, one) in sets.enumerated() {
      guard one.count - core.count >= Self.leastRest else { return nil }
      for other in sets[(place + 1)...] {
        if share(one, other) > Self.greatestShare { return nil }
      }
    }
    let mean = documents.reduce(0) { $0 + unity($1) } / Double(documents.count)
    guard mean >= Self.leastUnity else { return nil }
  }

  /// Whether two documents have more in common than the frame.
  func leavesKin(_ one: DocumentProfile, _ other: DocumentProfile) -> Bool {
    share(Self.runs(one), Self.runs(other)) > Self.kinShare
  }

  /// How much of the smaller of two rests both have.
  private func share(_ one: [UInt64], _ other: [UInt64]) -> Double {
    let smaller = min(one.count, other.count) - core.count
    let shared = Self.common(one, other).count - core.count
    return smaller > 0 ? Double(shared) / Double(smaller) : 1
  }

  /// The share of a document's rest that is in the longest stretch of it.
  private func unity(_ document: DocumentProfile) -> Double {
    let tokens = document.tokens
    var isFrame = [Bool](repeating: false, count: tokens.count)
    for place in 0..<max(0, tokens.count - 2) {
      let hash = ShingleHash.hash(tokens[place], tokens[place + 1], tokens[place + 2])
      if contains(hash >> 8) { for word in place..<place + 3 { isFrame[word] = true } }
    }
    var (rest, stretch, longest) = (0, 0, 0)
    for one in isFrame {
      stretch = one ? 0 : stretch + 1
      rest += one ? 0 : 1
      longest = max(longest, stretch)
    }
    return rest > 0 ? Double(longest) / Double(rest) : 0
  }

  private func contains(_ run: UInt64) -> Bool {
    var range = core.startIndex..<core.endIndex
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if core[middle] == run { return true }
      range = core[middle] < run ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// The runs of three words without their weights, ascending.
  private static func runs(_ document: DocumentProfile) -> [UInt64] {
    document.triples.keys.map { $0 >> 8 }
  }

  /// Both are ascending.
  private static func common(_ one: [UInt64], _ other: [UInt64]) -> [UInt64] {
    var both: [UInt64] = []
    var (left, right) = (0, 0)
    while left < one.count, right < other.count {
      if one[left] == other[right] { both.append(one[left]) }
      (left, right) = (
        left + (one[left] <= other[right] ? 1 : 0), right + (other[right] <= one[left] ? 1 : 0)
      )
    }
    return both
  }
}
