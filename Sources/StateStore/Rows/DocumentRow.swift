// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document in a scan: its numbers, and its bytes lent for as long as the scan stays on the row.
///
/// It cannot be copied or kept, so no array is made for a field that nobody asks for.
package struct DocumentRow: ~Copyable {
  /// The document's number.
  package let document: UInt32
  /// The number of its drop directory.
  package let drop: UInt32
  /// The file's size in bytes.
  package let bytes: Int
  /// How many words the text has.
  package let words: Int
  /// The cluster as assigned.
  package let cluster: UInt32
  /// The story as assigned.
  package let story: UInt32?
  /// The earlier document with the same bytes.
  package let identicalTo: UInt32?
  /// The document that the path held before.
  package let replaces: UInt32?
  /// Microseconds since the epoch.
  package let arrived: Int64

  let pathBytes: UnsafeRawBufferPointer
  let digestBytes: UnsafeRawBufferPointer
  let sketchBytes: UnsafeRawBufferPointer

  /// Lends the path's raw bytes.
  package borrowing func withPath<Result>(
    _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    try body(pathBytes.bytes)
  }

  /// Lends the SHA-256, 32 bytes.
  package borrowing func withSHA256<Result>(
    _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    try body(digestBytes.bytes)
  }

  /// Lends the sketch.
  package borrowing func withSketch<Result>(
    _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    try body(sketchBytes.bytes)
  }

  /// A copy that can be kept.
  package borrowing func stored() -> StoredDocument {
    StoredDocument(
      document: document, drop: drop, path: Array(pathBytes), bytes: bytes,
      sha256: Array(digestBytes), words: words, cluster: cluster, story: story,
      identicalTo: identicalTo, replaces: replaces, arrived: arrived, sketch: Array(sketchBytes))
  }
}
