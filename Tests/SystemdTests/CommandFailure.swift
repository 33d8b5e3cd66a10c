// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// A command in the box that did not end well, with what it said.
struct CommandFailure: Error, CustomStringConvertible {
  let command: String
  let status: ExitStatus
  let said: String

  var description: String { "\(command): \(status): \(said)" }
}
