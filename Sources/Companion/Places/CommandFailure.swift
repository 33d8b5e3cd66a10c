// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Daemon
internal import StateStore

/// Why a command cannot answer: what it says, and how it ends.
package struct CommandFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was asked for is not there.
  package static let notFound: Int32 = 1
  /// The state or the log cannot be read.
  package static let unreadable = ExitStatus.inputOutput.rawValue

  package let exitStatus: Int32
  /// One line for people: what is wrong and what to do about it.
  package let description: String

  package init(_ exitStatus: Int32, _ description: String) {
    self.exitStatus = exitStatus
    self.description = description
  }

  /// What the libraries below throw.
  init(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    // The same cause ends daemon and command with the same status.
    case let failure as DaemonFailure:
      self.init(failure.status.rawValue, failure.description)
    default: self.init(Self.unreadable, "\(error)")
    }
  }
}

extension CommandOutcome {
  /// The outcome of a command that may fail.
  ///
  /// - Parameter warnings: are told in either case, before anything else.
  init(warnings: [String] = [], _ body: () throws -> CommandOutcome) {
    do {
      self = try body()
      messages = warnings + messages
    } catch {
      let failure = CommandFailure(error)
      self.init(
        messages: warnings + [failure.description], exitStatus: failure.exitStatus)
    }
  }
}
