// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Breaks marked pieces into lines of a number of columns.
struct PieceLayout {
  private let columns: Int
  private let isColoured: Bool
  private let isInline: Bool
  private var lines: [String] = []
  private var line = ""
  private var width = 0
  /// What is turned on at the end of the line.
  private var open: String?
  /// A space that is owed before the next word of the line.
  private var owesSpace = false

  /// Lines with what turns colours on and off, each padded to the full width.
  static func lines(
    _ pieces: [MarkedPiece], columns: Int, isColoured: Bool, isInline: Bool = false
  ) -> [String] {
    var layout = PieceLayout(columns: columns, isColoured: isColoured, isInline: isInline)
    for piece in pieces { layout.take(piece) }
    if layout.width > 0 { layout.endLine() }
    return layout.lines
  }

  private init(columns: Int, isColoured: Bool, isInline: Bool) {
    self.columns = columns
    self.isColoured = isColoured
    self.isInline = isInline
  }

  private mutating func take(_ piece: MarkedPiece) {
    let signs =
      isColoured
      ? (start: piece.label(isInline: isInline), end: "") : piece.plain(isInline: isInline)
    let trimmed = piece.text.drop { $0 == " " }
    if trimmed.count < piece.text.count { owesSpace = true }
    let words = trimmed.split(separator: " ", omittingEmptySubsequences: true)
    for (place, word) in words.enumerated() {
      let start = place == 0 ? signs.start : ""
      let end = place + 1 == words.count ? signs.end : ""
      put(start + word + end, piece.rendition)
      owesSpace = place + 1 < words.count
    }
    if piece.text.last == " " { owesSpace = true }
  }

  private mutating func put(_ word: String, _ rendition: String?) {
    let needed = DisplayWidth.of(word) + (owesSpace && width > 0 ? 1 : 0)
    if width > 0, width + needed > columns { endLine() }
    if owesSpace, width > 0 {
      if rendition != open { turn(to: nil) }
      line += " "
      width += 1
    }
    owesSpace = false
    // A word that is wider than the line is divided wherever that is.
    for character in word {
      let size = DisplayWidth.of(String(character))
      if width > 0, width + size > columns { endLine() }
      turn(to: rendition)
      line.append(character)
      width += size
    }
  }

  private mutating func turn(to rendition: String?) {
    guard isColoured, rendition != open else { return }
    if open != nil { line += "\u{1B}[0m" }
    if let rendition { line += "\u{1B}[\(rendition)m" }
    open = rendition
  }

  private mutating func endLine() {
    turn(to: nil)
    lines.append(line + String(repeating: " ", count: max(0, columns - width)))
    line = ""
    width = 0
    owesSpace = false
  }
}
