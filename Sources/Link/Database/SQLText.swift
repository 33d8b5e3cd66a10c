// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Values as PostgreSQL reads them in parameters.
enum SQLText {
  /// An array of numbers: "{1,2}".
  static func list(_ numbers: some Sequence<UInt32>) -> String {
    "{" + numbers.map { String($0) }.joined(separator: ",") + "}"
  }

  /// An array of texts, each quoted; a NUL, which there is none in PostgreSQL's texts, is left out.
  static func list(texts: some Sequence<String?>) -> String {
    let quoted = texts.map { text in
      guard let text else { return "NULL" }
      var result = "\""
      for scalar in text.unicodeScalars where scalar != "\0" {
        if scalar == "\"" || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      return result + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
  }

  /// An array of large numbers.
  static func list(large numbers: some Sequence<Int64>) -> String {
    "{" + numbers.map { String($0) }.joined(separator: ",") + "}"
  }

  /// A `bytea` in the hexadecimal form, as PostgreSQL writes it; nil for anything else.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var text = text
    let isRead = text.withUTF8 { digits in
      guard digits.count >= 2, digits.count % 2 == 0, digits[0] == UInt8(ascii: "\\"),
        digits[1] == UInt8(ascii: "x")
      else { return false }
      bytes.reserveCapacity(digits.count / 2)
      for place in stride(from: 2, to: digits.count, by: 2) {
        guard let high = digit(digits[place]), let low = digit(digits[place + 1]) else {
          return false
        }
        bytes.append(high << 4 | low)
      }
      return true
    }
    return isRead ? bytes : nil
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
