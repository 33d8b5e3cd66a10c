// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How many columns text takes on a terminal: two for wide characters, none for combining ones.
enum DisplayWidth {
  /// The scripts and signs that are East Asian Wide or Fullwidth (Unicode UAX 11).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1AFF0...0x1B2FF,
    0x20000...0x3FFFD,
  ]

  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// The same of text with colours in it (ECMA-48, SGR), which take none.
  static func ofPainted(_ text: some StringProtocol) -> Int {
    var width = 0
    var isEscape = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isEscape = true }
      if !isEscape { width += of(scalar) }
      if scalar == "m" { isEscape = false }
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // The vowels and finals of conjoining Hangul go into the square of their initial.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The text in at most so many columns: both its ends around an ellipsis, since a path says what
  /// it is at its end, and a headline at its beginning; of a member of a file those of both names,
  /// since the files of many rows are the same.
  static func fitted(_ text: String, to columns: Int) -> String {
    guard of(text) > columns else { return text }
    guard let found = text.firstRange(of: TerminalText.memberSeparator), columns >= 16 else {
      return ends(of: text, columns)
    }
    let (file, member) = (String(text[..<found.lowerBound]), String(text[found.upperBound...]))
    let room = columns - TerminalText.memberSeparator.count
    let memberRoom = min(of(member), max(room - of(file), room * 3 / 5))
    return ends(of: file, room - memberRoom) + TerminalText.memberSeparator
      + ends(of: member, memberRoom)
  }

  private static func ends(of text: String, _ columns: Int) -> String {
    guard of(text) > columns else { return text }
    let room = max(0, columns - 1)
    let characters = Array(text)
    var (first, last) = (0, characters.count)
    var (head, tail) = (0, 0)
    while first < last {
      let width = of(String(characters[first]))
      guard head + width <= (room + 1) / 2 else { break }
      head += width
      first += 1
    }
    while last > first {
      let width = of(String(characters[last - 1]))
      guard head + tail + width <= room else { break }
      tail += width
      last -= 1
    }
    return String(characters[..<first]) + "…" + String(characters[last...])
  }
}
