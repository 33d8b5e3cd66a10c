// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PieceLayoutTests {
  private func lines(
    _ pieces: [MarkedPiece], _ columns: Int, isColoured: Bool = false, isInline: Bool = false
  ) -> [String] {
    PieceLayout.lines(pieces, columns: columns, isColoured: isColoured, isInline: isInline)
  }

  private func shared(_ text: String) -> MarkedPiece { .init(mark: .shared, text: text) }

  @Test func linesAreFilledAndPadded() {
    #expect(
      lines([shared("one two three")], 8) == ["one two ", "three   "])
    #expect(lines([], 8).isEmpty)
  }

  @Test func aLongWordIsDivided() {
    #expect(lines([shared("abcdefghij k")], 4) == ["abcd", "efgh", "ij k"])
  }

  @Test func wideCharactersCountTwice() {
    #expect(lines([shared("東京都")], 5) == ["東京 ", "都   "])
  }

  @Test func piecesFollowEachOtherAsTheirSpacesSay() {
    let pieces = [
      shared("the "), .init(mark: .dropped, text: "old "), shared("bridge"), shared("s"),
    ]
    #expect(lines(pieces, 40).map { $0.split(separator: "  ").first } == ["the [-old-] bridges"])
  }

  @Test func signsSayWhatColoursSay() {
    let pieces: [MarkedPiece] = [
      .init(mark: .dropped, text: "a "), .init(mark: .added, text: "b "),
      .init(mark: .leaving(1), text: "c "), .init(mark: .arriving(2), text: "d"),
    ]
    #expect(lines(pieces, 27) == ["[-a-] {+b+} <1: c> <2: d>  "])
    #expect(lines(pieces, 29, isInline: true) == ["[-a-] {+b+} <-1: c> <+2: d>  "])
    let coloured = lines(pieces, 20, isColoured: true).joined()
    #expect(!coloured.contains("[-"))
    #expect(coloured.contains("\u{1B}[31ma\u{1B}[0m"))
    #expect(coloured.contains("\u{1B}[34m1: c\u{1B}[0m"))
    let sentence = [MarkedPiece(mark: .dropped, text: "two words ")]
    #expect(lines(sentence, 9, isColoured: true) == ["\u{1B}[31mtwo words\u{1B}[0m"])
    #expect(
      lines(sentence, 6, isColoured: true)
        == ["\u{1B}[31mtwo\u{1B}[0m   ", "\u{1B}[31mwords\u{1B}[0m "])
  }

  /// Whatever is laid out, no line is wider than the column.
  @Test(arguments: 1...30)
  func noLineIsWider(columns: Int) {
    let text = "Die 東京 Brücke e\u{301}tait 😀 überfüllt aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    let pieces: [MarkedPiece] = [shared(text + " "), .init(mark: .added, text: text)]
    for line in lines(pieces, max(2, columns)) {
      #expect(DisplayWidth.of(line) <= max(2, columns))
    }
  }
}
