// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  /// Deletes all rows of documents but the revisions, which are numbers only.
  func erase(_ erasure: StateErasure, last: UInt32) throws {
    try promote(erasure.promotions)
    try store(heirs: erasure.heirs)
    let sketch = try binding("UPDATE documents SET sketch = ? WHERE id = ?")
    for (document, bytes) in erasure.sketches.sorted(by: { $0.key < $1.key }) {
      sketch.bind(bytes, at: 1)
      sketch.bind(document, at: 2)
      try sketch.run()
    }
    for sql in [
      "DELETE FROM contents WHERE document = ?", "DELETE FROM documents WHERE id = ?",
      "DELETE FROM descriptions WHERE document = ?", "DELETE FROM heirs WHERE heir = ?",
    ] {
      let row = try binding(sql)
      for document in erasure.documents {
        row.bind(document, at: 1)
        try row.run()
      }
    }
    // The last one may be among them, and its number is never used again.
    try Meta.lastDocument.store(Int64(last), self)
  }

  /// Copies take the place of their originals.
  func promote(_ promotions: [StateExpiry.Promotion]) throws {
    let text = try binding("UPDATE OR REPLACE contents SET document = ? WHERE document = ?")
    let trace = try binding("UPDATE documents SET sketch = ? WHERE id = ?")
    let hasText = try binding("SELECT 1 FROM contents WHERE document = ?")
    for promotion in promotions {
      trace.bind(promotion.sketch, at: 1)
      trace.bind(promotion.to, at: 2)
      try trace.run()
      hasText.bind(promotion.to, at: 1)
      let isKept = try hasText.next()
      hasText.reset()
      if isKept { continue }
      text.bind(promotion.to, at: 1)
      text.bind(promotion.from, at: 2)
      try text.run()
    }
  }

  func store(heirs: [UInt32: UInt32]) throws {
    let heir = try binding("INSERT OR REPLACE INTO heirs (original, heir) VALUES (?, ?)")
    for (original, document) in heirs.sorted(by: { $0.key < $1.key }) {
      heir.bind(original, at: 1)
      heir.bind(document, at: 2)
      try heir.run()
    }
  }
}
