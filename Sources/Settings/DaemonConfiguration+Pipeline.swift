// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// How much is worked on at once.
  package struct Pipeline: Sendable, Equatable {
    /// Documents fingerprinted at the same time; 0 means one per processor.
    package var workers = 0
    /// The most files between arrival and decision.
    package var queue = 256
    /// The most bytes of document held in memory at once.
    package var inFlightBytes = 64 << 20
    /// The most documents in one transaction.
    package var batch = 1024
  }
}
