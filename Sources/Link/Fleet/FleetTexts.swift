// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Texts of the fleet as the engine takes them, those that were asked for last.
struct FleetTexts {
  /// So many at a time; some 20 KB each.
  private static let limit = 1_500
  /// So many are fetched by a statement.
  private static let fetched = 256

  private var newer: [UInt32: PreparedDocument] = [:]
  private var older: [UInt32: PreparedDocument] = [:]

  /// What the engine makes of stored words; nil for what is none.
  static func prepared(
    _ stored: [UInt8], _ fingerprinter: inout Fingerprinter
  ) -> PreparedDocument? {
    guard let text = TokenSequenceCoder.decode(stored) else { return nil }
    return PreparedDocument(
      Fingerprint(
        tokens: text.tokens, traits: text.traits,
        sketch: fingerprinter.sketch(ofStored: text.tokens)))
  }

  mutating func put(_ document: PreparedDocument, of text: UInt32) {
    if newer.count >= Self.limit {
      older = newer
      newer = [:]
    }
    newer[text] = document
  }

  /// A text that was put or fetched lately.
  mutating func known(_ text: UInt32) -> PreparedDocument? {
    if let document = newer[text] { return document }
    guard let document = older[text] else { return nil }
    put(document, of: text)
    return document
  }

  /// Answers the texts that are stored of those that are asked for.
  mutating func fetch(
    _ texts: some Sequence<UInt32>, _ database: PostgresConnection
  ) throws(PostgresError) -> [UInt32: PreparedDocument] {
    var found: [UInt32: PreparedDocument] = [:]
    var missing: [UInt32] = []
    for text in Set(texts) {
      if let document = known(text) { found[text] = document } else { missing.append(text) }
    }
    missing.sort()
    var fingerprinter = Fingerprinter()
    while !missing.isEmpty {
      let part = missing.prefix(Self.fetched)
      missing.removeFirst(part.count)
      let answer = try database.run(
        FleetReader.Statement.tokens, [SQLText.list(part)])
      for row in answer.rows {
        guard let text = row[0].flatMap({ UInt32($0) }),
          let stored = row[1].flatMap({ SQLText.bytes($0) }),
          let document = Self.prepared(stored, &fingerprinter)
        else { continue }
        put(document, of: text)
        found[text] = document
      }
    }
    return found
  }
}
