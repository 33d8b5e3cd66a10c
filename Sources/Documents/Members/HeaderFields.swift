// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The fields of a header as WARC and HTTP have it, behind its first line.
struct HeaderFields {
  private static let mostFields = 256

  /// Behind the empty line.
  let end: Int
  private var fields: [(name: String, value: [UInt8])] = []

  /// Nil when its end is not within the limit.
  init?(_ lent: LentBytes, from start: Int, limit: Int) {
    let lent = lent.before(start + min(limit, lent.count))
    var line = start
    var isFirst = true
    var fields: [(name: String, value: [UInt8])] = []
    while true {
      guard let lineEnd = lent.first(0x0A, from: line) else { return nil }
      let text = lent.trimmed(line..<lineEnd)
      line = lineEnd + 1
      if text.isEmpty, !isFirst { break }
      defer { isFirst = false }
      guard !isFirst, fields.count < Self.mostFields,
        let colon = lent.before(text.upperBound).first(UInt8(ascii: ":"), from: text.lowerBound)
      else { continue }
      let name = lent.array(text.lowerBound..<colon)
      fields.append(
        (
          String(decoding: name, as: UTF8.self).lowercased(),
          lent.array(lent.trimmed(colon + 1..<text.upperBound))
        ))
    }
    end = line
    self.fields = fields
  }

  subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  func text(_ name: String) -> String? { self[name].map { String(decoding: $0, as: UTF8.self) } }
}
