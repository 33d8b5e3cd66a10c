// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document in a scan: its numbers, and its bytes lent for as long as the scan stays on the row.
///
/// It cannot be copied or kept, so no array is made for a field that nobody asks for.
package struct DocumentRow: ~Copyable {
  /// What a start needs of it as well.
  package let trace: TraceRow
  /// The number of its drop directory.
  package let drop: UInt32
  /// The file's size in bytes.
  package let bytes: Int
  /// How many words the text has.
  package let words: Int
  /// The document that the path held before.
  package let replaces: UInt32?

  let pathBytes: UnsafeRawBufferPointer

  /// Lends the path's raw bytes.
  package borrowing func withPath<Result>(
    _ body: (RawSpan) throws -> Result
  ) rethrows -> Result {
    try body(pathBytes.bytes)
  }

  /// A copy that can be kept.
  package borrowing func stored() -> StoredDocument {
    StoredDocument(
      document: trace.document, drop: drop, path: Array(pathBytes), bytes: bytes,
      sha256: Array(trace.digestBytes), words: words, cluster: trace.cluster, story: trace.story,
      identicalTo: trace.identicalTo, replaces: replaces, arrived: trace.arrived,
      sketch: Array(trace.sketchBytes), clock: trace.clock)
  }
}
