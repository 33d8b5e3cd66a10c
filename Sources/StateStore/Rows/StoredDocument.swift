// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document as it was assigned; what later documents changed is in the revisions.
package struct StoredDocument: Sendable, Equatable {
  /// The document's number, from 1 without a gap.
  package var document: UInt32
  /// The number of its drop directory.
  package var drop: UInt32
  /// The path relative to the drop directory, raw bytes.
  package var path: [UInt8]
  /// The file's size in bytes.
  package var bytes: Int
  /// The SHA-256 of the file's bytes, 32 bytes.
  package var sha256: [UInt8]
  /// How many words the text has.
  package var words: Int
  /// The cluster as assigned.
  package var cluster: UInt32
  /// The story as assigned.
  package var story: UInt32?
  /// The earlier document with the same bytes.
  package var identicalTo: UInt32?
  /// The document that the path held before.
  package var replaces: UInt32?
  /// Microseconds since the epoch.
  package var arrived: Int64
  /// The sketch in the engine's own form; opaque here.
  package var sketch: [UInt8]
  /// The horizon's time when it came, in microseconds since the epoch.
  package var clock: Int64
  /// When it says that it was published, as its description has it; nil where nobody asks.
  package var published: String?

  /// Makes a value from its fields.
  package init(
    document: UInt32, drop: UInt32, path: [UInt8], bytes: Int, sha256: [UInt8], words: Int,
    cluster: UInt32, story: UInt32? = nil, identicalTo: UInt32? = nil, replaces: UInt32? = nil,
    arrived: Int64, sketch: [UInt8], clock: Int64 = 0, published: String? = nil
  ) {
    self.document = document
    self.drop = drop
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.words = words
    self.cluster = cluster
    self.story = story
    self.identicalTo = identicalTo
    self.replaces = replaces
    self.arrived = arrived
    self.sketch = sketch
    self.clock = clock
    self.published = published
  }
}

extension StoredDocument {
  /// Lends what a start needs of it, as a scan of the state does.
  package func withTrace<Result>(
    _ body: (borrowing TraceRow) throws -> Result
  ) rethrows -> Result {
    try sha256.withUnsafeBytes { digest in
      try sketch.withUnsafeBytes { sketch in
        let row = TraceRow(
          document: document, cluster: cluster, story: story, identicalTo: identicalTo,
          arrived: arrived, clock: clock, published: published, digestBytes: digest,
          sketchBytes: sketch)
        return try body(row)
      }
    }
  }
}
