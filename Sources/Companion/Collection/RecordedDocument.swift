// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ClusterLog

/// A document as it was assigned, from the state or from the log.
package struct RecordedDocument: Sendable, Equatable {
  /// From 1 without a gap, in order of arrival.
  package var number: UInt32
  /// The number of its drop directory in the collection.
  package var drop: UInt32
  /// The path relative to the drop directory, raw bytes.
  package var path: [UInt8]
  /// The file's size in bytes.
  package var bytes: Int
  /// The SHA-256 of the file's bytes; empty where it was not asked for.
  package var sha256: [UInt8]
  package var words: Int
  /// The cluster as assigned.
  package var cluster: UInt32
  package var relation: Relation
  /// The earlier document with the same bytes.
  package var identicalTo: UInt32?
  /// The document that the path held before.
  package var replaces: UInt32?
  /// Microseconds since the epoch.
  package var arrived: Int64
}
