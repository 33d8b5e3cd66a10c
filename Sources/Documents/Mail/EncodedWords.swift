// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Header text with characters beyond ASCII: `=?koi8-r?B?8NLJ18XU?=` (RFC 2047).
enum EncodedWords {
  static func decoded(_ value: [UInt8]) -> String {
    var output = ""
    var plain: [UInt8] = []
    var place = 0
    while place < value.count {
      if let word = word(value, at: place) {
        // Space between two words is not part of the text.
        let isSpace = plain.allSatisfy { ByteCursor.isSpace($0) }
        if !isSpace || output.isEmpty { output += text(plain, nil) }
        plain = []
        output += text(word.bytes, word.charset)
        place = word.end
      } else {
        plain.append(value[place])
        place += 1
      }
    }
    return output + text(plain, nil)
  }

  private static func text(_ bytes: [UInt8], _ charset: Charset?) -> String {
    guard case .text(let text, _) = DecodedBytes(bytes, declared: charset) else { return "" }
    return String(decoding: text, as: UTF8.self)
  }

  private static func word(
    _ value: [UInt8], at start: Int
  ) -> (bytes: [UInt8], charset: Charset?, end: Int)? {
    guard value[start...].starts(with: "=?".utf8) else { return nil }
    let parts = value[(start + 2)...].prefix(512)
    guard let first = parts.firstIndex(of: UInt8(ascii: "?")), first + 2 < parts.endIndex,
      value[first + 2] == UInt8(ascii: "?")
    else { return nil }
    let content = parts[(first + 3)...]
    var end = content.startIndex
    while end + 1 < content.endIndex,
      !(content[end] == UInt8(ascii: "?") && content[end + 1] == UInt8(ascii: "="))
    {
      end += 1
    }
    guard end + 1 < content.endIndex else { return nil }
    let label = value[(start + 2)..<first].prefix { $0 != UInt8(ascii: "*") }
    let isBase64 = value[first + 1] | 0x20 == UInt8(ascii: "b")
    let bytes =
      isBase64
      ? TransferEncoding.base64(content[..<end])
      : TransferEncoding.quotedPrintable(content[..<end], isWord: true)
    return (bytes, Charset(label: String(decoding: label, as: UTF8.self)), end + 2)
  }
}
