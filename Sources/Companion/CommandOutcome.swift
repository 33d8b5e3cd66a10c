// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a command prints and how it ends.
package struct CommandOutcome: Sendable, Equatable {
  /// For standard output, with the end of its last line.
  package var output = ""
  /// For standard error, a line each.
  package var messages: [String] = []
  package var exitStatus: Int32 = 0

  package init(output: String = "", messages: [String] = [], exitStatus: Int32 = 0) {
    self.output = output
    self.messages = messages
    self.exitStatus = exitStatus
  }

  init(_ failure: ControlFailure) {
    self.init(messages: ["\(failure)"], exitStatus: failure.exitStatus)
  }
}
