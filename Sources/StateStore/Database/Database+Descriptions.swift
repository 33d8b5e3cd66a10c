// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  private static let descriptionColumns =
    "document, title, published, source, language, encoding"

  func insert(descriptions: [StoredDescription]) throws {
    if descriptions.isEmpty { return }
    let row = try binding(
      "INSERT INTO descriptions (\(Self.descriptionColumns)) VALUES (?, ?, ?, ?, ?, ?)")
    for description in descriptions {
      row.bind(description.document, at: 1)
      row.bind(description.title, at: 2)
      row.bind(description.published, at: 3)
      row.bind(description.source, at: 4)
      row.bind(description.language, at: 5)
      row.bind(description.encoding, at: 6)
      try row.run()
    }
  }

  /// A state that only an older daemon has written has none.
  var hasDescriptions: Bool { get throws { try tableExists("descriptions") } }

  func description(of document: UInt32) throws -> StoredDescription? {
    guard try hasDescriptions else { return nil }
    let row = try binding(
      "SELECT \(Self.descriptionColumns) FROM descriptions WHERE document = ?")
    defer { row.reset() }
    row.bind(document, at: 1)
    guard try row.next() else { return nil }
    return Self.description(row)
  }

  func forEachDescription(_ body: (StoredDescription) throws -> Void) throws {
    guard try hasDescriptions else { return }
    let row = try binding(
      "SELECT \(Self.descriptionColumns) FROM descriptions WHERE document > ? ORDER BY document")
    defer { row.reset() }
    row.bind(try expiredThrough(), at: 1)
    while try row.next() { try body(Self.description(row)) }
  }

  private static func description(_ row: RowBinding) -> StoredDescription {
    StoredDescription(
      document: row.number(0), title: row.optionalText(1), published: row.optionalText(2),
      source: row.optionalText(3), language: row.optionalText(4), encoding: row.optionalText(5))
  }
}
