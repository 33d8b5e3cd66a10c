// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Text that others chose, file names above all, made fit for a terminal and for one line.
///
/// A name may hold anything but NUL. Shown as `\n`, `\x9b` or `\u{202e}` is whatever would move the
/// cursor, change colours, break the line, or make the text read otherwise than it is: control
/// characters, bytes that are not UTF-8, bidirectional controls (Unicode UAX 9; Boucher and
/// Anderson, "Trojan Source", 2021), invisible characters. A backslash is doubled, so that no name
/// can pass for another's escape.
package enum TerminalText {
  /// What is shown between the name of a file and that of a member of it.
  package static let memberSeparator = " » "

  /// The bytes of a name.
  package static func safe(_ bytes: some Collection<UInt8>) -> String {
    var result = ""
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let valid = validPrefix(rest)
      for scalar in String(decoding: valid, as: UTF8.self).unicodeScalars {
        append(scalar, to: &result)
      }
      rest = rest[valid.endIndex...]
      if let byte = rest.popFirst() { result += "\\x" + hexadecimal(UInt32(byte), width: 2) }
    }
    return result
  }

  /// A text, which is UTF-8 already.
  package static func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { append(scalar, to: &result) }
    return result
  }

  private static func validPrefix(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = bytes.startIndex
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      end += UTF8.width(scalar)
    }
    return bytes[..<end]
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    // A member of a container stands behind the name of its file.
    case "\0": result += memberSeparator
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    case "\u{1B}": result += "\\e"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      result += "\\x" + hexadecimal(scalar.value, width: 2)
    case _ where misleads(scalar): result += "\\u{" + hexadecimal(scalar.value, width: 4) + "}"
    default: result.unicodeScalars.append(scalar)
    }
  }

  private static func misleads(_ scalar: Unicode.Scalar) -> Bool {
    // These two join or part letters and emoji, which several scripts need.
    if scalar == "\u{200C}" || scalar == "\u{200D}" { return false }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      return true
    default: return properties.isDefaultIgnorableCodePoint && !properties.isVariationSelector
    }
  }

  private static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
