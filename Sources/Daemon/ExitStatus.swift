// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import StateStore
internal import Systemd

/// The exit statuses that are part of the contract (sysexits.h).
package enum ExitStatus: Int32, Sendable {
  case success = 0
  /// EX_USAGE
  case usage = 64
  /// EX_CANTCREAT: state or log cannot be created.
  case cannotCreate = 73
  /// EX_IOERR: state or log cannot be read or written, or a drop directory cannot be read.
  case inputOutput = 74
  /// EX_TEMPFAIL: another instance holds the state directory.
  case alreadyRunning = 75
  /// EX_CONFIG
  case configuration = 78
}

/// Why the daemon cannot start or go on: what it says, and how it exits.
package struct DaemonFailure: Error, CustomStringConvertible {
  /// What the process exits with.
  package var status: ExitStatus
  /// One line for people: what is wrong and what to do about it.
  package var description: String
  /// The entry of the journal's catalogue that says more; nil where none is about this.
  var identifier: MessageIdentifier?

  /// Makes a failure of a status, in words.
  package init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  init(_ status: ExitStatus, _ identifier: MessageIdentifier, _ description: String) {
    self.init(status, description)
    self.identifier = identifier
  }

  /// A state that cannot be read or written.
  init(_ status: ExitStatus = .inputOutput, state error: StateStoreError) {
    self.init(status, error.description)
    switch error.code {
    // These are no damage: the catalogue's advice would lead astray.
    case .heldByAnotherInstance, .full, .busy, .readOnly, .denied, .cannotOpen, .replaced: break
    default: identifier = .stateFailed
    }
  }
}
