// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// When two documents are near-duplicates.
  package struct Detection: Sendable, Equatable {
    /// Documents with fewer words are skipped as "too-short".
    package var minimumWords = 3
    /// What a threshold may be.
    package static let thresholds = 0.01...1.0

    /// The probability of being a copy from which a document joins a cluster, 0 to 1.
    package var threshold = 0.5
    /// One shingle in this many is kept in a document's sketch.
    package var sampleOneIn = 8
  }
}
