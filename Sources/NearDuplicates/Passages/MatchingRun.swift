// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A stretch of words that two texts have in common, as places in both.
struct MatchingRun: Sendable, Equatable {
  var first: Int
  var second: Int
  var length: Int

  var firstEnd: Int { first + length }
  var secondEnd: Int { second + length }

  var firstRange: Range<Int> { first..<firstEnd }
  var secondRange: Range<Int> { second..<secondEnd }
}
