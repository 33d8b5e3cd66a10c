// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The log lines of one committed batch that are not known to be durable in the log.
package struct PendingBatch: Sendable, Equatable {
  /// The number of the first line.
  package let firstSequence: UInt64
  /// The number of the last line.
  package let lastSequence: UInt64
  /// Whole lines, as they go into the log.
  package let lines: [UInt8]
}
