// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Cuts an alignment into rows: at the ends of paragraphs of either text, and around longer
/// passages that only one of them has at that place.
struct ComparisonRows {
  /// Passages of one text that have at least so many words stand in rows of their own.
  private static let ownRow = 8

  private let comparison: Comparison
  /// The numbers of the moved passages, by where they stand in the first text.
  private let numbers: [Int: Int]
  private var rows: [ComparisonRow] = []
  private var row = ComparisonRow()
  /// The side that the row is for, where it began with a longer passage that only that side has.
  private var standsApart: WritableKeyPath<ComparisonRow, [MarkedPiece]>?

  static func rows(of comparison: Comparison) -> [ComparisonRow] {
    var rows = ComparisonRows(comparison)
    for passage in comparison.alignment.passages { rows.take(passage) }
    rows.endRow()
    return rows.rows
  }

  private init(_ comparison: Comparison) {
    self.comparison = comparison
    let moved = comparison.alignment.passages.filter { $0.kind == .leaving }
    numbers = Dictionary(
      uniqueKeysWithValues: moved.enumerated().map { ($1.first.lowerBound, $0 + 1) })
  }

  private mutating func take(_ passage: PassageAlignment.Passage) {
    let number = numbers[passage.first.lowerBound] ?? 0
    if passage.isInFirst, passage.isInSecond, standsApart != nil { endRow() }
    switch passage.kind {
    case .shared: takeShared(passage)
    case .changed:
      row.first.append(.init(mark: .dropped, text: comparison.first.line(passage.first)))
      row.second.append(.init(mark: .added, text: comparison.second.line(passage.second)))
      if comparison.first.endsParagraph(passage.first.upperBound - 1)
        || comparison.second.endsParagraph(passage.second.upperBound - 1)
      {
        endRow()
      }
    case .dropped: takeOne(passage.first, of: comparison.first, .dropped, \.first)
    case .leaving:
      takeMoved(
        passage.first, of: comparison.first, passage.changes.map(\.first), .leaving(number),
        .dropped, \.first)
    case .added: takeOne(passage.second, of: comparison.second, .added, \.second)
    case .arriving:
      takeMoved(
        passage.second, of: comparison.second, passage.changes.map(\.second), .arriving(number),
        .added, \.second)
    }
  }

  private mutating func takeShared(_ passage: PassageAlignment.Passage) {
    let distance = passage.second.lowerBound - passage.first.lowerBound
    var start = passage.first.lowerBound
    for word in passage.first {
      let isEnd =
        comparison.first.endsParagraph(word) || comparison.second.endsParagraph(word + distance)
      guard isEnd || word + 1 == passage.first.upperBound else { continue }
      let facing = start + distance..<word + 1 + distance
      row.first.append(.init(mark: .shared, text: comparison.first.line(start..<word + 1)))
      row.second.append(.init(mark: .shared, text: comparison.second.line(facing)))
      start = word + 1
      if isEnd { endRow() }
    }
  }

  private mutating func takeOne(
    _ words: Range<Int>, of text: ComparedText, _ mark: MarkedPiece.Mark,
    _ side: WritableKeyPath<ComparisonRow, [MarkedPiece]>
  ) {
    begin(words, side)
    take(words, of: text, MarkedPiece(mark: mark, text: ""), side)
  }

  /// A moved passage is one, whatever was changed within.
  private mutating func takeMoved(
    _ words: Range<Int>, of text: ComparedText, _ changes: [Range<Int>],
    _ mark: MarkedPiece.Mark, _ changed: MarkedPiece.Mark,
    _ side: WritableKeyPath<ComparisonRow, [MarkedPiece]>
  ) {
    begin(words, side)
    var start = words.lowerBound
    for change in changes where !change.isEmpty {
      let before = MarkedPiece(
        mark: mark, text: "", isContinued: start > words.lowerBound, continues: true)
      take(start..<change.lowerBound, of: text, before, side)
      take(
        change, of: text, MarkedPiece(mark: changed, text: "", isContinued: true, continues: true),
        side)
      start = change.upperBound
    }
    let last = MarkedPiece(mark: mark, text: "", isContinued: start > words.lowerBound)
    take(start..<words.upperBound, of: text, last, side)
  }

  private mutating func begin(
    _ words: Range<Int>, _ side: WritableKeyPath<ComparisonRow, [MarkedPiece]>
  ) {
    if standsApart != side, standsApart != nil || words.count >= Self.ownRow { endRow() }
    if row.isEmpty, words.count >= Self.ownRow { standsApart = side }
  }

  /// - Parameter piece: what is to be said of the words.
  private mutating func take(
    _ words: Range<Int>, of text: ComparedText, _ piece: MarkedPiece,
    _ side: WritableKeyPath<ComparisonRow, [MarkedPiece]>
  ) {
    var start = words.lowerBound
    for word in words {
      let isEnd = text.endsParagraph(word)
      guard isEnd || word + 1 == words.upperBound else { continue }
      var part = piece
      part.text = text.line(start..<word + 1)
      // In another row it begins, or ends, anew; and only what moved has signs for that, so that a
      // change at either end of a row is outside of them.
      let isChange = part.mark == .dropped || part.mark == .added
      if row[keyPath: side].last?.continues != true { part.isContinued = false }
      if isEnd || isChange && !part.isContinued { part.continues = false }
      if isEnd, isChange, part.isContinued {
        row[keyPath: side][row[keyPath: side].count - 1].continues = false
      }
      row[keyPath: side].append(part)
      start = word + 1
      if isEnd { endRow() }
    }
  }

  private mutating func endRow() {
    if !row.isEmpty { rows.append(row) }
    row = ComparisonRow()
    standsApart = nil
  }
}
