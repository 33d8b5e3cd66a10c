// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import NearDuplicates

/// The rules of `SpacedLetters`, written to be read.
enum ReferenceSpacing {
  private enum Kind {
    case character, within, blank, other
  }

  private struct Unit {
    var scalars: String.UnicodeScalarView
    var isSingle: Bool
    var isLetter: Bool
  }

  /// What a text consists of: units, and what stands between them.
  private enum Piece {
    case unit(Unit)
    case gap(String.UnicodeScalarView, isOneBlank: Bool)
  }

  static func joined(_ text: String) -> String {
    let pieces = pieces(Array(text.unicodeScalars))
    let singles = pieces.map { piece in
      if case .unit(let unit) = piece { unit.isSingle } else { false }
    }
    let units = pieces.filter { if case .unit = $0 { true } else { false } }.count
    let singleCount = pieces.filter { piece in
      if case .unit(let unit) = piece { unit.isSingle && unit.isLetter } else { false }
    }.count
    guard singleCount >= 4, 2 * singleCount >= units else { return text }
    var output = String.UnicodeScalarView()
    var row: [String.UnicodeScalarView] = []
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .unit(let unit) where unit.isSingle: row.append(unit.scalars)
      case .unit(let unit):
        write(&row, to: &output)
        output += unit.scalars
      case .gap(let gap, let isOneBlank):
        let goesOn =
          isOneBlank && index > 0 && singles[index - 1] && index + 1 < pieces.count
          && singles[index + 1]
        if !goesOn {
          write(&row, to: &output)
          output += gap
        }
      }
    }
    write(&row, to: &output)
    return String(output)
  }

  private static func write(
    _ row: inout [String.UnicodeScalarView], to output: inout String.UnicodeScalarView
  ) {
    if row.count <= 32 {
      for letter in row { output += letter }
    } else {
      for end in 8...row.count {
        for letter in row[end - 8..<end] { output += letter }
        output.append(" ")
      }
    }
    row = []
  }

  private static func pieces(_ scalars: [Unicode.Scalar]) -> [Piece] {
    var pieces: [Piece] = []
    var place = 0
    while place < scalars.count {
      let end = scalars[place...].firstIndex { kind($0) == .character } ?? scalars.count
      if end > place {
        let gap = scalars[place..<end]
        let blanks = gap.filter { kind($0) == .blank }.count
        let isBlank = gap.allSatisfy { kind($0) != .other }
        let hasWithin = gap.drop { kind($0) == .within }.contains { kind($0) == .within }
        pieces.append(
          .gap(
            String.UnicodeScalarView(gap),
            isOneBlank: isBlank && (blanks == 1 || blanks == 2 && hasWithin)))
      }
      guard end < scalars.count else { break }
      let behind =
        scalars[end...].firstIndex { [.blank, .other].contains(kind($0)) } ?? scalars.count
      let unit = scalars[end..<behind]
      pieces.append(
        .unit(
          Unit(
            scalars: String.UnicodeScalarView(unit),
            isSingle: unit.filter { kind($0) == .character }.count == 1,
            isLetter: isLetter(scalars[end]))))
      place = behind
    }
    return pieces
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    HangulSyllable.range.contains(scalar.value)
      || UnicodeTable.shared.output(of: scalar.value).first?.0 == .letter
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    if [" ", "\t", "\u{A0}", "\u{202F}", "\u{205F}", "\u{3000}"].contains(scalar)
      || ("\u{2000}"..."\u{200A}").contains(scalar)
    {
      return .blank
    }
    if HangulSyllable.range.contains(scalar.value) { return .character }
    let output = UnicodeTable.shared.output(of: scalar.value).map(\.0)
    switch output.first {
    case .letter, .digit: return .character
    case .mark where output.count == 1, .dropped: return .within
    default: return .other
    }
  }
}
