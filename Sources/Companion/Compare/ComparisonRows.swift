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
    case .leaving: takeOne(passage.first, of: comparison.first, .leaving(number), \.first)
    case .added: takeOne(passage.second, of: comparison.second, .added, \.second)
    case .arriving: takeOne(passage.second, of: comparison.second, .arriving(number), \.second)
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
    if standsApart != side, standsApart != nil || words.count >= Self.ownRow { endRow() }
    if row.isEmpty, words.count >= Self.ownRow { standsApart = side }
    var start = words.lowerBound
    for word in words {
      let isEnd = text.endsParagraph(word)
      guard isEnd || word + 1 == words.upperBound else { continue }
      row[keyPath: side].append(.init(mark: mark, text: text.line(start..<word + 1)))
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
