// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Rows in columns; the last column is not padded and gives way where there is too little room.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    let title: String
    var alignment = Alignment.left
  }

  struct Cell {
    let text: String
    var ink: OutputStyle.Ink?

    init(_ text: String, _ ink: OutputStyle.Ink? = nil) {
      self.text = text
      self.ink = ink
    }
  }

  /// Narrower than this the last column is not made, whatever the terminal.
  private static let leastLast = 16
  private static let gap = "  "

  private let columns: [Column]
  private var rows: [[Cell]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func append(_ row: [Cell]) { rows.append(row) }

  /// One line for the titles and one for each row.
  func lines(_ style: OutputStyle) -> [String] {
    let titles = columns.map { Cell($0.title, .aside) }
    let all = [titles] + rows
    var widths = columns.indices.map { place in
      all.map { DisplayWidth.of($0[place].text) }.max() ?? 0
    }
    if let last = widths.indices.last, let room = style.columns {
      let taken = widths.dropLast().reduce(0, +) + Self.gap.count * last
      widths[last] = max(Self.leastLast, min(widths[last], room - taken))
    }
    return all.map { line($0, widths, style) }
  }

  private func line(_ row: [Cell], _ widths: [Int], _ style: OutputStyle) -> String {
    var pieces: [String] = []
    for (place, cell) in row.enumerated() {
      let isLast = place == row.count - 1
      let text = isLast ? DisplayWidth.fitted(cell.text, to: widths[place]) : cell.text
      let padding = String(
        repeating: " ", count: max(0, widths[place] - DisplayWidth.of(text)))
      let painted = style.paint(text, cell.ink)
      switch columns[place].alignment {
      case .right: pieces.append(padding + painted)
      case .left: pieces.append(isLast ? painted : painted + padding)
      }
    }
    return pieces.joined(separator: Self.gap)
  }
}
