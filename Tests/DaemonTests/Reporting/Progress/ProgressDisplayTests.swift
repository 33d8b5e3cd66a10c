// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ProgressDisplayTests {
  @Test(
    arguments: [
      (true, false, true, "xterm", ProgressDisplay.terminal),
      (false, false, true, "xterm", .terminal),
      (true, false, true, "dumb", .lines),
      (true, false, true, nil, .lines),
      (true, false, false, "xterm", .lines),
      (false, false, false, "xterm", .none),
      (false, true, true, "xterm", .none),
      (true, true, true, "xterm", .lines),
    ] as [(Bool, Bool, Bool, String?, ProgressDisplay)])
  func choice(
    isOnce: Bool, isSupervised: Bool, isTerminal: Bool, kind: String?, expected: ProgressDisplay
  ) {
    let display = ProgressDisplay(
      isOnce: isOnce, isSupervised: isSupervised, isTerminal: isTerminal, terminalKind: kind)
    #expect(display == expected)
  }
}
