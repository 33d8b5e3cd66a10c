// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What recovery found and did, for the journal.
package struct RecoveryReport: Sendable, Equatable {
  /// How many bytes of a torn or damaged end were cut off.
  package internal(set) var cutBytes = 0
  /// How many of the pending lines were in the log already.
  package internal(set) var foundLines = 0
  /// How many of the pending lines were missing and have been appended.
  package internal(set) var appendedLines = 0
  /// The number of the last line before anything was appended; nil for an empty log.
  package internal(set) var lastSequence: UInt64?
  /// The rotated file that decided which lines are there, as it does while the log is empty.
  package internal(set) var rotatedFile: [UInt8]?
  /// Numbers that neither the log nor the state directory has: somebody took lines away.
  package internal(set) var missing: ClosedRange<UInt64>?
}
