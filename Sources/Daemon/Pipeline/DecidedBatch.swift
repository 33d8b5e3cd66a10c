// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import StateStore

/// Decisions that are committed together, and what is told once they are on the disk.
struct DecidedBatch: Sendable {
  /// The rows and the log lines.
  var state: StateBatch
  /// The number of the last line so far, of this batch or an earlier one.
  var lastSequence: UInt64
  /// Files whose outcomes are in it, whether or not there was something to record.
  var files: Int
  var tally: DecisionTally
  /// Recorded files that leave the drop directory once their records are on the disk.
  var leaving: [LeavingFile]
  /// The totals with this batch.
  var totals: DaemonStatus.Totals
  var indexBytes: Int

  /// Whether anything of it goes to the disk.
  var isEmpty: Bool { state.isEmpty }

  /// About how much room it needs on the disk, for messages.
  var byteCount: Int { state.byteCount }
}
