// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension StateStore {
  /// A reader for other threads; it sees each commit as soon as `commit` returned.
  package func makeReader() -> StateReader { StateReader(path: path, pool: pool) }

  /// A reader with a connection of its own, for a task that asks often: tasks that share one have
  /// to wait for each other. It is to be closed before the store is.
  package func makeOwnReader() throws(StateStoreError) -> StateReader {
    try makeReader().another()
  }

  /// The log lines that may not be on the disk, in order, for the log's recovery at start.
  package func pendingLogBatches() throws(StateStoreError) -> [PendingBatch] {
    try makeReader().pendingLogBatches()
  }
}
