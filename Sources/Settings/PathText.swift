// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Paths in their one comparable form: absolute, without `.`, `..`, doubled or trailing slashes.
package enum PathText {
  /// The path as seen from a directory; the file system is not asked, so links stay as they are.
  package static func absolute(_ text: String, from base: String) throws(ValueProblem) -> String {
    guard !text.isEmpty else { throw ValueProblem("the path is empty") }
    guard !text.utf8.contains(0) else { throw ValueProblem("the path holds a NUL character") }
    // What the program was given in bytes that are not UTF-8 arrives with this in their place,
    // and would name another file.
    guard !text.unicodeScalars.contains("\u{FFFD}") else {
      throw ValueProblem(
        "the path \(TOMLText.quoted(text)) is not valid UTF-8",
        remedy: "use a name in UTF-8, or a symbolic link that has one")
    }
    // Split by bytes: a slash followed by a combining mark is one Character but still a slash.
    let whole = text.utf8.first == UInt8(ascii: "/") ? text : base + "/" + text
    var components: [Substring.UTF8View] = []
    for component in whole.utf8.split(separator: UInt8(ascii: "/")) {
      switch String(Substring(component)) {
      case ".": continue
      case "..": _ = components.popLast()
      default: components.append(component)
      }
    }
    return "/" + components.map { String(Substring($0)) }.joined(separator: "/")
  }

  /// Whether a path lies in a directory or is the directory; both are absolute and normal.
  package static func contains(_ directory: String, _ path: String) -> Bool {
    let prefix = directory == "/" ? [] : Array(directory.utf8)
    let bytes = Array(path.utf8)
    guard bytes.starts(with: prefix) else { return false }
    return bytes.count == prefix.count || bytes[prefix.count] == UInt8(ascii: "/")
  }
}
