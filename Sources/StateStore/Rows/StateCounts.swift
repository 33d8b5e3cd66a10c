// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much the state holds, from what is cheap to ask at any size.
package struct StateCounts: Sendable, Equatable {
  /// The number of the last document, which is how many there ever were; 0 for none.
  package var documents: UInt32
  /// The last document beyond the horizon; 0 for none.
  package var expired: UInt32 = 0
  /// How many revisions there are.
  package var revisions: Int
  /// How many batches wait to be durable in the log.
  package var pendingBatches: Int
}
