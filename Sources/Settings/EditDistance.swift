// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How many single-character slips lie between two names.
enum EditDistance {
  /// Names beyond this are cut, so that the work stays bounded whatever a file holds.
  private static let longest = 64

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
  package static func between(_ first: String, _ second: String) -> Int {
    let left = Array(first.utf8.prefix(longest))
    let right = Array(second.utf8.prefix(longest))
    var older: [Int] = []
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let isSame = left[row] == right[column]
        var best = min(
          previous[column + 1] + 1, current[column] + 1, previous[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, older[column - 1] + 1)
        }
        current.append(best)
      }
      older = previous
      previous = current
    }
    return previous[right.count]
  }
}
