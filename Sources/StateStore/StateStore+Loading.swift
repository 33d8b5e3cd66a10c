// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension StateStore {
  /// A reader for other threads; it sees each commit as soon as `commit` returned.
  package func makeReader() -> StateReader { StateReader(path: path, pool: pool) }

  /// Goes over all documents in order of their numbers, one at a time.
  ///
  /// What `body` throws ends the scan and comes out as it is; the store throws `StateStoreError`.
  package func forEachDocument(_ body: (borrowing DocumentRow) throws -> Void) throws {
    try makeReader().forEachDocument(body)
  }

  /// Goes over all revisions in the order in which they were made.
  ///
  /// What `body` throws ends the scan and comes out as it is; the store throws `StateStoreError`.
  package func forEachRevision(_ body: (Revision) throws -> Void) throws {
    try makeReader().forEachRevision(body)
  }

  /// The log lines that may not be on the disk, in order, for the log's recovery at start.
  package func pendingLogBatches() throws(StateStoreError) -> [PendingBatch] {
    try makeReader().pendingLogBatches()
  }

  /// How much is stored.
  package func counts() throws(StateStoreError) -> StateCounts {
    try makeReader().counts()
  }
}
