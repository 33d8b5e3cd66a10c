// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The longest common subsequence of two short stretches of text, as runs.
enum LongestSubsequence {
  /// Longer stretches, by the product of their words, are not looked at: the bound on the time.
  static let cellLimit = 1 << 15

  static func runs(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>
  ) -> [MatchingRun] {
    guard !first.isEmpty, !second.isEmpty, first.count * second.count <= cellLimit else {
      return []
    }
    let width = second.count + 1
    // Of what follows each place of both: the length of the longest common subsequence.
    var lengths = [UInt16](repeating: 0, count: (first.count + 1) * width)
    for one in stride(from: first.count - 1, through: 0, by: -1) {
      for other in stride(from: second.count - 1, through: 0, by: -1) {
        let cell = one * width + other
        lengths[cell] =
          first[first.startIndex + one] == second[second.startIndex + other]
          ? lengths[cell + width + 1] + 1 : max(lengths[cell + width], lengths[cell + 1])
      }
    }
    var runs: [MatchingRun] = []
    var (one, other) = (0, 0)
    while one < first.count, other < second.count {
      let cell = one * width + other
      if first[first.startIndex + one] == second[second.startIndex + other] {
        runs.append(
          MatchingRun(first: first.startIndex + one, second: second.startIndex + other, length: 1))
        (one, other) = (one + 1, other + 1)
      } else if lengths[cell + width] >= lengths[cell + 1] {
        one += 1
      } else {
        other += 1
      }
    }
    return runs
  }
}
