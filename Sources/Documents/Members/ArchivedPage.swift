// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A page as a web archive has it.
package struct ArchivedPage: Sendable, Equatable {
  /// Its type (RFC 2046) in small letters, without parameters; nil where nothing says it.
  let type: String?
  let charset: String?
  /// Where it stood.
  let address: String?
  /// Whether it comes in chunks (RFC 9112, section 7.1).
  let isChunked: Bool
  /// Whether it is compressed by gzip.
  var isCompressed = false
  /// Bytes; a page that has more without compression is not read.
  var limit = 0

  func read(_ bytes: UnsafeRawBufferPointer) -> MemberText {
    var content = isChunked ? Self.joined(Array(bytes)) : Array(bytes)
    if isCompressed {
      let plain = content.withUnsafeBytes { bytes -> [UInt8]? in
        var member = GzipMember(bytes, limit: limit)
        return (try? member.inflate()) == nil ? nil : member.output
      }
      guard let plain else {
        return .skipped(.unreadable, detail: "the page cannot be decompressed")
      }
      content = plain
    }
    let outcome = FormatReaders.read(
      content, name: Array(".\(ending)".utf8), declared: charset.flatMap { Charset(label: $0) },
      isPart: true)
    guard case .text(var found) = MemberText(outcome) else { return MemberText(outcome) }
    found.description.complete(
      from: DocumentDescription(source: address.flatMap { WebAddress.host($0) }))
    return .text(found)
  }

  /// That of a file of its type.
  private var ending: String {
    switch type {
    case "text/html", "application/xhtml+xml": "html"
    case "text/markdown": "md"
    case let type? where type.hasSuffix("xml"): "xml"
    default: "txt"
    }
  }

  /// What was sent; as far as it is as it should be, and what is behind that as it is.
  private static func joined(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var cursor = ByteCursor(bytes)
    while !cursor.isAtEnd {
      let start = cursor.position
      var size = 0
      while let digit = cursor.peek.flatMap(ByteCursor.digit), size < 1 << 32 {
        size = size << 4 | Int(digit)
        cursor.position += 1
      }
      let hasSize = cursor.position > start
      cursor.skip(past: 0x0A)
      guard hasSize, cursor.position + size <= bytes.count else {
        output += bytes[start...]
        break
      }
      if size == 0 { break }
      output += bytes[cursor.position..<cursor.position + size]
      cursor.position += size
      cursor.skip(past: 0x0A)
    }
    return output
  }
}
