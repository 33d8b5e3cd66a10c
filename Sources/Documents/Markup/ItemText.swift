// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The items of a feed: what of their texts counts.
struct ItemText {
  private static let mostSummaries = 8

  private var isOpen = false
  private var hasBegun = false
  private var summaries: [Range<Int>] = []
  private var hasContent = false
  /// Whether the document is a feed, whose items are its text.
  var isFeed = false

  /// What stands before the first one is the feed's own.
  mutating func begin(_ output: inout [UInt8]) {
    if !hasBegun { output.removeAll(keepingCapacity: true) }
    hasBegun = true
    isOpen = true
    summaries = []
    hasContent = false
  }

  mutating func take(summary: Range<Int>) {
    if isOpen, summaries.count < Self.mostSummaries { summaries.append(summary) }
  }

  mutating func take(content: Range<Int>) {
    if isOpen, !content.isEmpty { hasContent = true }
  }

  /// A summary says nothing that the whole text does not.
  mutating func end(_ output: inout [UInt8]) {
    guard isOpen else { return }
    if hasContent {
      for summary in summaries.reversed() where summary.upperBound <= output.count {
        output.removeSubrange(summary)
      }
    }
    isOpen = false
  }
}
