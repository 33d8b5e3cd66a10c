// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// A comparison for people: the measures, then the texts.
struct ComparisonDescription {
  /// How the texts are shown.
  enum Layout: Sendable { case sideBySide, inline, none }

  /// In less, a word does not fit.
  private static let leastColumns = 8

  let comparison: Comparison
  let columns: Int
  let isColoured: Bool

  func text(_ layout: Layout) -> String {
    var lines = measures
    switch layout {
    case .none: break
    case .sideBySide: lines += ["", legend(isInline: false), ""] + sideBySide
    case .inline: lines += ["", legend(isInline: true), ""] + inline
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Measures

  private var measures: [String] {
    let (first, second) = (comparison.first, comparison.second)
    let overlap = comparison.judgement.overlap
    let containments = comparison.containments
    let correction = ComparedDifferences(comparison).map { ["\($0)", ""] } ?? []
    return correction + [
      "A            \(TerminalText.safe(first.name)): \(size(first, overlap.first))",
      "B            \(TerminalText.safe(second.name)): \(size(second, overlap.second))",
      "verdict      \(comparison.verdict)",
      "resemblance  \(Figures.share(overlap.resemblance)), "
        + "\(overlap.shared) of \(overlap.first + overlap.second - overlap.shared) shingles",
      "containment  \(Figures.share(containments.ofFirst)) of A is in B, "
        + "\(Figures.share(containments.ofSecond)) of B is in A",
      "words        \(words)",
    ]
  }

  private func size(_ text: ComparedText, _ shingles: Int) -> String {
    "\(Quantity.bytes(text.bytes)), \(text.words) words, \(shingles) shingles"
  }

  private var words: String {
    let alignment = comparison.alignment
    let changed = alignment.words(.changed)
    let facing =
      changed.first == changed.second
      ? "\(changed.first)" : "\(changed.first) against \(changed.second)"
    return [
      "\(alignment.words(.shared).first) shared", "\(alignment.words(.leaving).first) moved",
      "\(facing) changed", "\(alignment.words(.dropped).first) only in A",
      "\(alignment.words(.added).second) only in B",
    ].joined(separator: ", ")
  }

  // MARK: Texts

  /// Told with the marks themselves.
  private func legend(isInline: Bool) -> String {
    var pieces: [MarkedPiece] = [
      .init(mark: .dropped, text: "only in A"), .init(mark: .shared, text: " "),
      .init(mark: .added, text: "only in B"), .init(mark: .shared, text: " "),
    ]
    if isInline {
      pieces += [
        .init(mark: .leaving(1), text: "moved, in A"), .init(mark: .shared, text: " "),
        .init(mark: .arriving(1), text: "moved, in B"),
      ]
    } else {
      pieces.append(.init(mark: .leaving(1), text: "moved, with its number in the other text"))
    }
    let lines = PieceLayout.lines(
      pieces, columns: columns, isColoured: isColoured, isInline: isInline)
    return lines.map(Self.trimmed).joined(separator: "\n")
  }

  private var sideBySide: [String] {
    let half = max(Self.leastColumns, (columns - 3) / 2)
    return ComparisonRows.rows(of: comparison).flatMap { row in
      let first = PieceLayout.lines(row.first, columns: half, isColoured: isColoured)
      let second = PieceLayout.lines(row.second, columns: half, isColoured: isColoured)
      let blank = String(repeating: " ", count: half)
      return (0..<max(first.count, second.count)).map { place in
        let left = place < first.count ? first[place] : blank
        let right = place < second.count ? second[place] : ""
        return Self.trimmed("\(left) \(row.sign) \(right)")
      } + [""]
    }.dropLast()
  }

  private var inline: [String] {
    ComparisonRows.rows(of: comparison).flatMap { row in
      PieceLayout.lines(
        merged(row), columns: columns, isColoured: isColoured, isInline: true
      ).map(Self.trimmed) + [""]
    }.dropLast()
  }

  /// What both sides have once, at the place of the first; the others in the order of the row.
  private func merged(_ row: ComparisonRow) -> [MarkedPiece] {
    var pieces: [MarkedPiece] = []
    var second = row.second[...]
    for piece in row.first {
      if piece.mark == .shared {
        pieces += second.prefix { $0.mark != .shared }
        second = second.drop { $0.mark != .shared }.dropFirst()
      }
      pieces.append(piece)
    }
    return pieces + second
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }
}
