// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// How many words differ between two texts of which one is a correction of the other, a number
/// counted as one word.
struct ComparedDifferences: Codable, Equatable {
  /// More than these are no correction, nor is more than one word in so many.
  private static let (most, share) = (20, 5)

  var words = 0
  /// How many of them are numbers.
  var numbers = 0

  /// Nil where the texts do not differ, or in more than a few words in their places.
  init?(_ comparison: Comparison) {
    var shared = 0
    for passage in comparison.alignment.passages {
      switch passage.kind {
      case .shared: shared += passage.first.count
      case .leaving, .arriving: return nil
      case .changed, .dropped, .added:
        let first = comparison.first.units(passage.isInFirst ? passage.first : 0..<0)
        let second = comparison.second.units(passage.isInSecond ? passage.second : 0..<0)
        words += max(first.words, second.words)
        numbers += max(first.numbers, second.numbers)
      }
    }
    guard words > 0, words <= Self.most, words * Self.share <= shared + words else { return nil }
  }
}

extension ComparedDifferences: CustomStringConvertible {
  var description: String {
    let differ = words == 1 ? "1 word differs" : "\(words) words differ"
    if numbers == 0 { return differ }
    if numbers == words { return words == 1 ? "1 number differs" : "\(words) numbers differ" }
    return "\(differ), \(numbers) of them " + (numbers == 1 ? "a number" : "numbers")
  }
}
