// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// How progress is shown on standard error, if at all.
enum ProgressDisplay: Sendable, Equatable {
  /// One line that is written over, at most five times a second.
  case terminal
  /// A line every ten seconds, after a minute one a minute, for logs of batch jobs.
  case lines
  case none

  /// A service manager has STATUS= instead; a terminal that cannot clear a line gets lines.
  init(isOnce: Bool, isSupervised: Bool, isTerminal: Bool, terminalKind: String?) {
    let canClear = terminalKind.map { !$0.isEmpty && $0 != "dumb" } ?? false
    if isTerminal, canClear, !isSupervised {
      self = .terminal
    } else {
      self = isOnce ? .lines : .none
    }
  }

  static func choose(isOnce: Bool, isSupervised: Bool) -> ProgressDisplay {
    ProgressDisplay(
      isOnce: isOnce, isSupervised: isSupervised, isTerminal: isatty(STDERR_FILENO) == 1,
      terminalKind: getenv("TERM").map { String(cString: $0) })
  }
}
