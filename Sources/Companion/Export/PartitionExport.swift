// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What `neardup export` writes: each document with the cluster and the story it is in now.
struct PartitionExport {
  /// So much is gathered before it is written.
  private static let blockSize = 1 << 20

  let collection: RecordedCollection
  let stories: Partition
  let format: ExportFormat

  init(_ source: CollectionSource, format: ExportFormat) throws {
    collection = source.collection
    stories = try StoryScan(source.log).partition
    self.format = format
  }

  init(collection: RecordedCollection, stories: Partition, format: ExportFormat) {
    self.collection = collection
    self.stories = stories
    self.format = format
  }

  /// Hands the text on in blocks.
  func write(_ body: ([UInt8]) throws -> Void) throws {
    let writer = RowWriter(format: format)
    var bytes: [UInt8] = []
    writer.begin(&bytes)
    for (place, document) in collection.documents.enumerated() {
      writer.append(
        ExportedDocument(document, collection, stories), isFirst: place == 0, to: &bytes)
      guard bytes.count >= Self.blockSize else { continue }
      try body(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    writer.end(&bytes)
    try body(bytes)
  }
}
