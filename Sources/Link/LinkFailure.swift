// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Why the link cannot do what it was asked to: what it says, and how it ends.
package struct LinkFailure: Error, Sendable, Equatable, CustomStringConvertible {
  package let status: LinkStatus
  /// One line: what is wrong and what to do about it.
  package let description: String

  package init(_ status: LinkStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}

/// How `neardup-link` ends (sysexits.h).
package enum LinkStatus: Int32, Sendable {
  case success = 0
  /// EX_UNAVAILABLE: the database does not answer, or refuses.
  case unavailable = 69
  /// EX_IOERR: state or log cannot be read.
  case inputOutput = 74
  /// EX_TEMPFAIL: another link is at work for this host.
  case alreadyRunning = 75
  /// EX_CONFIG: only somebody can mend it.
  case configuration = 78
}
