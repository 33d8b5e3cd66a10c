// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// JSON that stands in a page's script element.
package enum ScriptData {
  /// The same JSON without what could end the element or begin markup: "<", ">" and "&" occur in
  /// strings only, where an escape means the same.
  static func contained(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(json.count + json.count / 64)
    for byte in json {
      switch byte {
      case UInt8(ascii: "<"): result.append(plain: "\\u003c")
      case UInt8(ascii: ">"): result.append(plain: "\\u003e")
      case UInt8(ascii: "&"): result.append(plain: "\\u0026")
      default: result.append(byte)
      }
    }
    return result
  }

  /// A text as markup has it, in an element or in a quoted attribute.
  package static func markup(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension [UInt8] {
  /// Appends a member of a JSON object whose value is a list of integers.
  mutating func append(column name: StaticString, _ values: some Sequence<some BinaryInteger>) {
    append(columnName: name)
    for value in values {
      if value < 0 { append(UInt8(ascii: "-")) }
      append(decimal: UInt64(value.magnitude))
      append(UInt8(ascii: ","))
    }
    endColumn()
  }

  /// Appends a member of a JSON object whose value is a list of strings.
  mutating func append(column name: StaticString, _ values: some Sequence<String>) {
    append(columnName: name)
    for value in values {
      append(string: Array(value.utf8))
      append(UInt8(ascii: ","))
    }
    endColumn()
  }

  /// Behind another member it begins with a comma.
  private mutating func append(columnName name: StaticString) {
    if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
    append(plain: "\"")
    append(plain: name)
    append(plain: "\":[")
  }

  private mutating func endColumn() {
    if last == UInt8(ascii: ",") { removeLast() }
    append(UInt8(ascii: "]"))
  }
}
