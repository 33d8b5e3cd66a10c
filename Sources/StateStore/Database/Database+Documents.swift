// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  private static let columns = """
    id, drop_id, path, bytes, sha256, words, cluster, story, identical_to, replaces, arrived, \
    sketch
    """

  func insert(documents: [StoredDocument]) throws {
    let row = try binding(
      "INSERT INTO documents (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
    let row = try binding("SELECT \(Self.columns) FROM documents ORDER BY id")
    defer { row.reset() }
    while try row.next() { try body(Self.document(row)) }
  }

  /// What a start reads of all documents: a column that nobody asks for costs as much as one that
  /// is used.
  private static let traceColumns =
    "id, cluster, story, identical_to, arrived, sha256, sketch"

  /// Goes over the traces of all documents in order of their numbers.
  func forEachTrace(_ body: (borrowing TraceRow) throws -> Void) throws {
    let row = try binding("SELECT \(Self.traceColumns) FROM documents ORDER BY id")
    defer { row.reset() }
    while try row.next() { try body(Self.trace(row)) }
  }

  /// Goes over the traces from the last to the first, until `body` answers false.
  func forEachTraceBackwards(while body: (borrowing TraceRow) throws -> Bool) throws {
    let row = try binding("SELECT \(Self.traceColumns) FROM documents ORDER BY id DESC")
    defer { row.reset() }
    while try row.next() {
      guard try body(Self.trace(row)) else { return }
    }
  }

  /// Goes over what the engine keeps of the documents, in order of their numbers.
  func forEachSketch(_ body: (UInt32, RawSpan) throws -> Void) throws {
    let row = try binding("SELECT id, sketch FROM documents ORDER BY id")
    defer { row.reset() }
    while try row.next() { try body(row.number(0), row.blob(1).bytes) }
  }

  /// Made once: it is asked for each document that is matched.
  private static let documentByNumber = "SELECT \(columns) FROM documents WHERE id = ?"

  func document(_ number: UInt32) throws -> StoredDocument? {
    let row = try binding(Self.documentByNumber)
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
    guard try row.next() else { return nil }
    return Array(row.blob(0))
  }

  func documentsWithoutContents() throws -> [UInt32] {
    let row = try binding(
      """
      SELECT id FROM documents WHERE identical_to IS NULL
      AND NOT EXISTS (SELECT 1 FROM contents WHERE document = id) ORDER BY id
      """)
    defer { row.reset() }
    var documents: [UInt32] = []
    while try row.next() { documents.append(row.number(0)) }
    return documents
  }

  func lastDocument() throws -> UInt32 {
    let row = try binding("SELECT max(id) FROM documents")
    defer { row.reset() }
    guard try row.next() else { return 0 }
    return row.number(0)
  }

  private static func trace(_ row: RowBinding) -> TraceRow {
    TraceRow(
      document: row.number(0), cluster: row.number(1), story: row.optionalNumber(2),
      identicalTo: row.optionalNumber(3), arrived: Int64(row.integer(4)),
      digestBytes: row.blob(5), sketchBytes: row.blob(6))
  }

  private static func document(_ row: RowBinding) -> DocumentRow {
    DocumentRow(
      trace: TraceRow(
        document: row.number(0), cluster: row.number(6), story: row.optionalNumber(7),
        identicalTo: row.optionalNumber(8), arrived: Int64(row.integer(10)),
        digestBytes: row.blob(4), sketchBytes: row.blob(11)),
      drop: row.number(1), bytes: row.integer(3), words: row.integer(5),
      replaces: row.optionalNumber(9), pathBytes: row.blob(2))
  }
}
