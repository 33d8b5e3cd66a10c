// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document in a JSON report: its number and its name.
struct NamedDocument: Encodable, Sendable, Equatable {
  let document: UInt32
  let name: NamedPath

  init(_ document: RecordedDocument, _ collection: RecordedCollection) {
    self.document = document.number
    name = NamedPath(document, collection)
  }

  enum CodingKeys: CodingKey { case document }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(document, forKey: .document)
    try name.encode(to: encoder)
  }
}
