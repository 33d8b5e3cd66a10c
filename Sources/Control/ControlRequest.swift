// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What can be asked of a running daemon over its socket, one line per connection.
///
/// The daemon answers with one line of JSON, a ``ControlReply``, and closes.
package enum ControlRequest: String, Sendable, CaseIterable {
  /// What it does and how it does.
  case status
  /// Reads the configuration again, as SIGHUP does; answered when that is done.
  case reload
  /// Compares the drop directories with the state now; answered when that is noted.
  case rescan
}
