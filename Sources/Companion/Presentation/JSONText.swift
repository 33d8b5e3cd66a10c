// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// JSON for programs that is also safe to look at.
enum JSONText {
  /// The value with keys as `path_b64`, indented, with a line end.
  static func pretty(_ value: some Encodable) throws -> String {
    let bytes = try ControlCoding.encode(value, pretty: true)
    return String(decoding: withoutHiddenControls(bytes), as: UTF8.self) + "\n"
  }

  /// The value in one line without its end.
  static func line(_ value: some Encodable) throws -> [UInt8] {
    withoutHiddenControls(try ControlCoding.encode(value))
  }

  /// DEL and C1 controls as escapes: JSON allows them, terminals obey them.
  ///
  /// They occur in strings only, since everything outside of strings is ASCII without DEL.
  private static func withoutHiddenControls(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 == 0x7F || $0 == 0xC2 }) else { return bytes }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      let next = index + 1 < bytes.endIndex ? bytes[index + 1] : 0
      if byte == 0x7F {
        result += Array("\\u007f".utf8)
      } else if byte == 0xC2, (0x80..<0xA0).contains(next) {
        result += Array("\\u00\(String(next, radix: 16))".utf8)
        index += 1
      } else {
        result.append(byte)
      }
      index += 1
    }
    return result
  }
}
