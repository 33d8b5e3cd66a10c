// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How text is laid out for whoever reads it: in colour and to a width on a terminal, plain else.
package struct OutputStyle: Sendable, Equatable {
  /// What a piece of text is; the terminal's own colours are used, so that they fit any background.
  package enum Ink: String, Sendable {
    case heading = "1"
    case name = "36"
    case aside = "2"
    case good = "32"
    case notable = "33"
    case bad = "31"
  }

  package let isColoured: Bool
  /// The columns that there are; nil for as many as it takes.
  package let columns: Int?
  /// When it is read, in microseconds since the epoch: what is of that day needs no date. Nil where
  /// times are written in full.
  package let now: Int64?

  package init(isColoured: Bool = false, columns: Int? = nil, now: Int64? = nil) {
    self.isColoured = isColoured
    self.columns = columns
    self.now = now
  }

  /// What standard output can show: colour only on a terminal and never
  /// against NO_COLOR (https://no-color.org).
  package static var ofStandardOutput: OutputStyle {
    let isDumb = StandardOutput.environment("TERM").map { $0 == "dumb" } ?? true
    let isRefused = StandardOutput.environment("NO_COLOR") != nil
    return OutputStyle(
      isColoured: StandardOutput.isTerminal && !isRefused && !isDumb,
      columns: StandardOutput.columns, now: StandardOutput.columns == nil ? nil : MomentText.now)
  }

  /// The text in its colour.
  package func paint(_ text: String, _ ink: Ink?) -> String {
    guard isColoured, let ink, !text.isEmpty else { return text }
    return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
  }

  /// A line that fits: what follows a label is shortened where there is too little room.
  package func line(_ label: String, _ text: String) -> String {
    guard let columns else { return label + text }
    return label + DisplayWidth.fitted(text, to: max(16, columns - DisplayWidth.of(label)))
  }

  /// Lines that fit, folded between words.
  func folded(_ text: String) -> String { FoldedText.fitted(text, to: columns) }
}
