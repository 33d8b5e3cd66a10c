// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a start needs of a document, in a scan; its bytes are lent for as long as the scan stays on
/// the row, so that it cannot be copied or kept.
package struct TraceRow: ~Copyable {
  /// The document's number.
  package let document: UInt32
  /// The cluster as assigned.
  package let cluster: UInt32
  /// The story as assigned.
  package let story: UInt32?
  /// The earlier document with the same bytes.
  package let identicalTo: UInt32?
  /// Microseconds since the epoch.
  package let arrived: Int64
  /// The horizon's time when it came, in microseconds since the epoch.
  package let clock: Int64
  /// When it says that it was published; only in scans that ask for it.
  package var published: String?

  let digestBytes: UnsafeRawBufferPointer
  let sketchBytes: UnsafeRawBufferPointer

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

  /// A copy that can be kept, without the path and what else is not in a trace.
  package borrowing func stored() -> StoredDocument {
    StoredDocument(
      document: document, drop: 0, path: [], bytes: 0, sha256: Array(digestBytes), words: 0,
      cluster: cluster, story: story, identicalTo: identicalTo, arrived: arrived,
      sketch: Array(sketchBytes), clock: clock, published: published)
  }
}
