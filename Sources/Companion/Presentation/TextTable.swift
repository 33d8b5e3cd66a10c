// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Rows in columns that fit where they are shown.
///
/// Columns of names and headlines give way where there is too little room, down to what can still
/// be read; before that, columns go that can be missed.
package struct TextTable {
  package enum Alignment: Sendable { case left, right }

  package struct Column {
    let title: String
    var alignment: Alignment
    /// Whether it is shortened where there is too little room; the last column always is.
    var isFlexible: Bool
    /// Among those that can be missed, the lowest goes first; nil for what is always shown.
    var missedAt: Int?

    package init(
      title: String, alignment: Alignment = .left, isFlexible: Bool = false, missedAt: Int? = nil
    ) {
      self.title = title
      self.alignment = alignment
      self.isFlexible = isFlexible
      self.missedAt = missedAt
    }
  }

  package struct Cell {
    let text: String
    var ink: OutputStyle.Ink?

    package init(_ text: String, _ ink: OutputStyle.Ink? = nil) {
      self.text = text
      self.ink = ink
    }
  }

  /// What names and headlines have at least, while there is something that can be missed.
  private static let leastFlexible = 30
  /// Narrower than this the last column is not made, whatever the terminal.
  private static let leastLast = 16
  private static let gap = "  "

  private let columns: [Column]
  private var rows: [[Cell]] = []

  package init(_ columns: [Column]) { self.columns = columns }

  package mutating func append(_ row: [Cell]) { rows.append(row) }

  /// One line for the titles and one for each row.
  package func lines(_ style: OutputStyle) -> [String] {
    let all = [columns.map { Cell($0.title, .aside) }] + rows
    let natural = columns.indices.map { place in
      all.map { DisplayWidth.of($0[place].text) }.max() ?? 0
    }
    // What no row has needs no column.
    var shown = columns.indices.filter { place in
      columns[place].missedAt == nil || rows.contains { !$0[place].text.isEmpty }
    }
    if let room = style.columns { shown = kept(of: shown, natural, room: room) }
    let widths = style.columns.map { fitted(shown, natural, room: $0) } ?? shown.map { natural[$0] }
    return all.map { line($0, shown, widths, style) }
  }

  private func isFlexible(_ place: Int, of shown: [Int]) -> Bool {
    columns[place].isFlexible || place == shown.last
  }

  /// Without those that have to be missed for the others to be wide enough.
  private func kept(of shown: [Int], _ natural: [Int], room: Int) -> [Int] {
    var shown = shown
    while true {
      let widths = shown.map { place in
        isFlexible(place, of: shown) ? min(natural[place], Self.leastFlexible) : natural[place]
      }
      let needed = widths.reduce(0, +) + Self.gap.count * max(0, shown.count - 1)
      let missed = shown.filter { columns[$0].missedAt != nil }
        .min { (columns[$0].missedAt ?? 0) < (columns[$1].missedAt ?? 0) }
      guard needed > room, let missed else { return shown }
      shown.removeAll { $0 == missed }
    }
  }

  /// The widths of what is shown: what the others leave goes to the flexible ones, the last first.
  private func fitted(_ shown: [Int], _ natural: [Int], room: Int) -> [Int] {
    let fixed = shown.filter { !isFlexible($0, of: shown) }.reduce(0) { $0 + natural[$1] }
    var rest = room - fixed - Self.gap.count * max(0, shown.count - 1)
    var widths = shown.map { natural[$0] }
    let flexible = shown.indices.filter { isFlexible(shown[$0], of: shown) }
    for (order, place) in flexible.reversed().enumerated() {
      let others = flexible.count - order - 1
      let least = order == 0 ? Self.leastLast : 1
      widths[place] = max(least, min(widths[place], rest - others * Self.leastFlexible))
      rest -= widths[place]
    }
    return widths
  }

  private func line(
    _ row: [Cell], _ shown: [Int], _ widths: [Int], _ style: OutputStyle
  ) -> String {
    var pieces: [String] = []
    for (order, place) in shown.enumerated() {
      let cell = row[place]
      let text = DisplayWidth.fitted(cell.text, to: widths[order])
      let padding = String(repeating: " ", count: max(0, widths[order] - DisplayWidth.of(text)))
      let painted = style.paint(text, cell.ink)
      switch columns[place].alignment {
      case .right: pieces.append(padding + painted)
      case .left: pieces.append(order == shown.count - 1 ? painted : painted + padding)
      }
    }
    return pieces.joined(separator: Self.gap)
  }
}
