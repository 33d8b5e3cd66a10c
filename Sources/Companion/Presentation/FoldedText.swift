// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Lines that are folded where a terminal is narrower than they are.
enum FoldedText {
  /// Narrower than this nothing is folded: a column of words cannot be read.
  private static let leastColumns = 24

  /// Text whose lines fit, with each line's rest indented by two more than its beginning; the same
  /// where nothing says how wide it may be.
  static func fitted(_ text: String, to columns: Int?) -> String {
    guard let columns, columns >= leastColumns else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line($0, columns, indent: 2 + $0.prefix { $0 == " " }.count) }
      .joined(separator: "\n")
  }

  /// One line as several; a word that no line holds is broken at its end.
  ///
  /// - Parameter indent: Columns before all but the first.
  static func line(_ text: Substring, _ columns: Int, indent: Int) -> String {
    guard DisplayWidth.ofPainted(text) > columns else { return String(text) }
    let margin = String(repeating: " ", count: min(indent, columns / 2))
    var lines: [String] = []
    var current = String(text.prefix { $0 == " " })
    var width = current.count
    var isEmpty = true
    for word in text.dropFirst(width).split(separator: " ", omittingEmptySubsequences: false) {
      let wordWidth = DisplayWidth.ofPainted(word)
      if !isEmpty, width + 1 + wordWidth > columns {
        lines.append(current)
        (current, width, isEmpty) = (margin, margin.count, true)
        // What two spaces set off is set off by the new line.
        if word.isEmpty { continue }
      } else if !isEmpty {
        current += " "
        width += 1
      }
      for character in word {
        let own = character == "\u{1B}" ? 0 : DisplayWidth.of(String(character))
        if wordWidth > columns - margin.count, width + own > columns {
          lines.append(current)
          (current, width) = (margin, margin.count)
        }
        current.append(character)
        width += own
      }
      width = DisplayWidth.ofPainted(current)
      isEmpty = false
    }
    return (lines + [current]).joined(separator: "\n")
  }

  /// A help text whose lines of usage are folded between options.
  static func usage(_ text: String, to columns: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.lowercased().hasPrefix("usage: ") else { return String(line) }
      var depth = 0
      // A space within brackets, as before a value, parts no options.
      let joined = String(
        line.map { (character: Character) -> Character in
          if character == "[" { depth += 1 }
          if character == "]" { depth -= 1 }
          return character == " " && depth > 0 ? "\u{A0}" : character
        })
      return Self.line(joined[...], columns, indent: 7)
        .split(separator: "\u{A0}", omittingEmptySubsequences: false).joined(separator: " ")
    }.joined(separator: "\n")
  }
}
