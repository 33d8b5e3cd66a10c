// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension [UInt8] {
  /// Appends a JSON string of any bytes: UTF-8 as it is, what is not UTF-8 as U+FFFD.
  ///
  /// Escaped are the quotation mark, the backslash, all control characters (C0, DEL, C1: a file
  /// name must not drive the terminal of whoever reads the log) and U+2028 and U+2029 (line ends
  /// to JavaScript and to some log viewers).
  package mutating func append(string bytes: [UInt8]) {
    append(UInt8(ascii: "\""))
    let span = bytes.span
    var start = 0
    var index = 0
    while index < span.count {
      let byte = span[index]
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      let sequence = UTF8Sequence(in: span, at: index)
      if byte >= 0x80, sequence.isWellFormed, !Self.isHiddenControl(span, at: index) {
        index += sequence.count
        continue
      }
      append(contentsOf: bytes[start..<index])
      if sequence.isWellFormed {
        append(escaped: span, at: index)
      } else {
        append(plain: "\u{FFFD}")
      }
      index += sequence.count
      start = index
    }
    append(contentsOf: bytes[start..<index])
    append(UInt8(ascii: "\""))
  }

  /// Appends a JSON string.
  package mutating func append(string text: String) {
    append(string: [UInt8](text.utf8))
  }

  /// Whether the well-formed sequence here is U+0080…U+009F, U+2028 or U+2029.
  private static func isHiddenControl(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    switch bytes[index] {
    case 0xC2: bytes[index + 1] < 0xA0
    case 0xE2: bytes[index + 1] == 0x80 && (bytes[index + 2] | 1) == 0xA9
    default: false
    }
  }

  private mutating func append(escaped bytes: Span<UInt8>, at index: Int) {
    append(UInt8(ascii: "\\"))
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(bytes[index])
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0xE2: append(plain: bytes[index + 2] == 0xA8 ? "u2028" : "u2029")
    case let lead:
      let value = lead == 0xC2 ? bytes[index + 1] : lead
      append(plain: "u00")
      append(Self.hexDigit(value >> 4))
      append(Self.hexDigit(value & 15))
    }
  }
}
