// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Text of documents, made fit to be shown in lines of any width.
enum FlowingText {
  /// White space becomes one space; what could steer a terminal becomes U+FFFD.
  static func line(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    var isSpace = false
    for scalar in String(decoding: Array(bytes), as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        if !isSpace { text += " " }
        isSpace = true
        continue
      }
      isSpace = false
      text.unicodeScalars.append(isSteering(scalar) ? "\u{FFFD}" : scalar)
    }
    return text
  }

  /// Controls, and what turns the direction of the text around it (Unicode UAX 9).
  private static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: scalar.properties.generalCategory == .control
    }
  }
}
