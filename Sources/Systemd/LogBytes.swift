// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// Bytes as a metadata value: the journal gets them as they are, readable text gets them escaped.
///
/// File names are bytes; as a String one that is not UTF-8 would lose its name.
package struct LogBytes: Sendable, Equatable, CustomStringConvertible {
  package let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// The text when it is UTF-8; otherwise the ASCII of it, with the other bytes as \xE9.
  package var description: String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    for byte in bytes {
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}

extension Logger.MetadataValue {
  package static func bytes(_ bytes: [UInt8]) -> Logger.MetadataValue {
    .stringConvertible(LogBytes(bytes))
  }
}
