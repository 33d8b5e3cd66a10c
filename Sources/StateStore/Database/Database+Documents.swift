// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  private static let insertedColumns = """
    id, drop_id, path, bytes, sha256, words, cluster, story, identical_to, replaces, arrived, \
    sketch, clock
    """

  /// - Parameter clock: of the horizon; a state that only an older daemon has written has none.
  private static func columns(clock: String) -> String {
    """
    id, drop_id, path, bytes, sha256, words, cluster, story, identical_to, replaces, arrived, \
    sketch, \(clock)
    """
  }

  private var clockColumn: String { get throws { try hasHorizon ? "clock" : "arrived" } }

  func insert(documents: [StoredDocument]) throws {
    let row = try binding(
      """
      INSERT INTO documents (\(Self.insertedColumns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for document in documents {
      row.bind(document.document, at: 1)
      row.bind(document.drop, at: 2)
      row.bind(document.path, at: 3)
      row.bind(document.bytes, at: 4)
      row.bind(document.sha256, at: 5)
      row.bind(document.words, at: 6)
      row.bind(document.cluster, at: 7)
      row.bind(document.story, at: 8)
      row.bind(document.identicalTo, at: 9)
      row.bind(document.replaces, at: 10)
      row.bind(document.arrived, at: 11)
      row.bind(document.sketch, at: 12)
      row.bind(document.clock, at: 13)
      try row.run()
    }
  }

  func insert(contents: [StoredContent]) throws {
    let row = try binding("INSERT INTO contents (document, tokens) VALUES (?, ?)")
    for content in contents {
      row.bind(content.document, at: 1)
      row.bind(content.tokens, at: 2)
      try row.run()
    }
  }

  /// Goes over all documents in order of their numbers.
  func forEachDocument(_ body: (borrowing DocumentRow) throws -> Void) throws {
    let row = try binding(
      """
      SELECT \(Self.columns(clock: try clockColumn)) FROM documents
      WHERE id > ? ORDER BY id
      """)
    defer { row.reset() }
    row.bind(try expiredThrough(), at: 1)
    while try row.next() { try body(Self.document(row)) }
  }

  /// What a start reads of all documents: a column that nobody asks for costs as much as one that
  /// is used.
  private static let traceColumns =
    "id, cluster, story, identical_to, arrived, sha256, sketch"

  /// Goes over the traces of all documents in order of their numbers.
  ///
  /// - Parameters:
  ///   - after: Those up to this one are left out, as are those beyond the horizon.
  ///   - limit: How many at most; -1 for all.
  ///   - withPublished: When they were published is asked for too, which takes a look-up for each.
  func forEachTrace(
    after: UInt32 = 0, limit: Int = -1, withPublished: Bool = false,
    _ body: (borrowing TraceRow) throws -> Void
  ) throws {
    let withPublished = try withPublished && hasDescriptions
    let published =
      withPublished ? ", (SELECT published FROM descriptions WHERE document = id)" : ""
    let row = try binding(
      """
      SELECT \(Self.traceColumns), \(try clockColumn)\(published) FROM documents
      WHERE id > ? ORDER BY id LIMIT ?
      """)
    defer { row.reset() }
    row.bind(max(after, try expiredThrough()), at: 1)
    row.bind(limit, at: 2)
    while try row.next() {
      try body(Self.trace(row, published: withPublished ? row.optionalText(8) : nil))
    }
  }

  /// Goes over the traces from the last to the first, until `body` answers false.
  func forEachTraceBackwards(while body: (borrowing TraceRow) throws -> Bool) throws {
    let row = try binding(
      """
      SELECT \(Self.traceColumns), \(try clockColumn) FROM documents
      WHERE id > ? ORDER BY id DESC
      """)
    defer { row.reset() }
    row.bind(try expiredThrough(), at: 1)
    while try row.next() {
      guard try body(Self.trace(row)) else { return }
    }
  }

  /// Goes over what the engine keeps of the documents, in order of their numbers.
  func forEachSketch(_ body: (UInt32, RawSpan) throws -> Void) throws {
    let row = try binding("SELECT id, sketch FROM documents WHERE id > ? ORDER BY id")
    defer { row.reset() }
    row.bind(try expiredThrough(), at: 1)
    while try row.next() { try body(row.number(0), row.blob(1).bytes) }
  }

  /// Made once: it is asked for each document that is matched.
  private static let documentByNumber =
    "SELECT \(columns(clock: "clock")) FROM documents WHERE id = ?"
  private static let documentByNumberOfOld =
    "SELECT \(columns(clock: "arrived")) FROM documents WHERE id = ?"

  func document(_ number: UInt32) throws -> StoredDocument? {
    let row = try (try? binding(Self.documentByNumber)) ?? binding(Self.documentByNumberOfOld)
    defer { row.reset() }
    row.bind(number, at: 1)
    guard try row.next() else { return nil }
    return Self.document(row).stored()
  }

  func origin(of document: UInt32) throws -> FileKey? {
    let row = try binding("SELECT drop_id, path FROM documents WHERE id = ?")
    defer { row.reset() }
    row.bind(document, at: 1)
    guard try row.next() else { return nil }
    return FileKey(drop: row.number(0), path: Array(row.blob(1)))
  }

  func tokens(of document: UInt32) throws -> [UInt8]? {
    let row = try binding("SELECT tokens FROM contents WHERE document = ?")
    defer { row.reset() }
    row.bind(document, at: 1)
    if try row.next() { return Array(row.blob(0)) }
    guard try hasHorizon else { return nil }
    // The text of an original that is gone is that of its heir.
    let heir = try binding(
      "SELECT tokens FROM contents WHERE document = (SELECT heir FROM heirs WHERE original = ?)")
    defer { heir.reset() }
    heir.bind(document, at: 1)
    return try heir.next() ? Array(heir.blob(0)) : nil
  }

  func documentsWithoutContents() throws -> [UInt32] {
    let row = try binding(
      """
      SELECT id FROM documents WHERE id > ? AND identical_to IS NULL
      AND NOT EXISTS (SELECT 1 FROM contents WHERE document = id) ORDER BY id
      """)
    defer { row.reset() }
    row.bind(try expiredThrough(), at: 1)
    var documents: [UInt32] = []
    while try row.next() { documents.append(row.number(0)) }
    return documents
  }

  func lastDocument() throws -> UInt32 {
    let row = try binding("SELECT max(id) FROM documents")
    defer { row.reset() }
    let last = try row.next() ? row.number(0) : 0
    // The last one may be gone, and its number is never used again.
    return max(last, UInt32(clamping: try Meta.lastDocument.fetch(self) ?? 0))
  }

  private static func trace(_ row: RowBinding, published: String? = nil) -> TraceRow {
    TraceRow(
      document: row.number(0), cluster: row.number(1), story: row.optionalNumber(2),
      identicalTo: row.optionalNumber(3), arrived: Int64(row.integer(4)),
      clock: Int64(row.integer(7)), published: published, digestBytes: row.blob(5),
      sketchBytes: row.blob(6))
  }

  private static func document(_ row: RowBinding) -> DocumentRow {
    DocumentRow(
      trace: TraceRow(
        document: row.number(0), cluster: row.number(6), story: row.optionalNumber(7),
        identicalTo: row.optionalNumber(8), arrived: Int64(row.integer(10)),
        clock: Int64(row.integer(12)), digestBytes: row.blob(4), sketchBytes: row.blob(11)),
      drop: row.number(1), bytes: row.integer(3), words: row.integer(5),
      replaces: row.optionalNumber(9), pathBytes: row.blob(2))
  }
}
