// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The documents whose lines are still remembered, noted while stories are brought back.
struct StoryReplay: Sendable {
  private(set) var older: [UInt32] = []
  private(set) var current: [UInt32] = []
  /// Units that leave their story together.
  var leaving: [UInt32] = []
  var destination: UInt32 = 0

  mutating func append(_ document: UInt32) { current.append(document) }

  mutating func turn() {
    older = current
    current.removeAll()
  }

  mutating func forgetLines() {
    older = []
    current = []
  }
}
