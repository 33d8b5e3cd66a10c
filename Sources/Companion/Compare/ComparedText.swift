// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// One of two texts that are shown next to each other.
package struct ComparedText: Sendable {
  /// What ends a sentence; a line that ends otherwise may only be wrapped there.
  private static let sentenceEnds = Set(".!?:\"'”’»…。！？」)".unicodeScalars)

  package let name: String
  package let bytes: Int
  package let words: Int
  private let placed: PlacedText

  package init(_ given: GivenText) {
    name = given.file.name
    bytes = given.file.bytes.count
    words = given.fingerprint.words
    placed = given.placed
  }

  /// The text of some words with the punctuation around them, on one line, safe to show.
  ///
  /// All words together give the whole text: what stands before the first one goes with it.
  package func line(_ words: Range<Int>) -> String {
    FlowingText.line(placed.text[bytes(of: words)])
  }

  /// The same as it is in the file.
  package func raw(_ words: Range<Int>) -> String {
    String(decoding: placed.text[bytes(of: words)], as: UTF8.self)
  }

  private func bytes(of words: Range<Int>) -> Range<Int> {
    words.isEmpty ? 0..<0 : start(of: words.lowerBound)..<start(of: words.upperBound)
  }

  /// Where a word begins with what is put before it, such as a quotation mark: behind the last
  /// white space before it.
  private func start(of word: Int) -> Int {
    guard word > 0 else { return 0 }
    guard word < placed.places.count else { return placed.text.count }
    let between = placed.places[word - 1].upperBound..<placed.places[word].lowerBound
    let space = placed.text[between].lastIndex { $0 == 0x20 || 0x09...0x0D ~= $0 }
    return space.map { $0 + 1 } ?? between.upperBound
  }

  /// What stands between the parts of one number, as in 1,250.50, 12:30, 2024-11-30 or 1’000.
  private static let numberSigns = Set(".,:/-'’".unicodeScalars)

  /// Whether a word and the one behind it are parts of one number.
  package func isWithinNumber(_ word: Int) -> Bool {
    guard word >= 0, word + 1 < placed.places.count else { return false }
    let (one, next) = (placed.places[word], placed.places[word + 1])
    guard let last = placed.text[one].last, let first = placed.text[next].first,
      Self.isDigit(last), Self.isDigit(first), one.upperBound < next.lowerBound
    else { return false }
    let between = String(decoding: placed.text[one.upperBound..<next.lowerBound], as: UTF8.self)
    return between.unicodeScalars.count == 1
      && between.unicodeScalars.allSatisfy { Self.numberSigns.contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  /// How many words there are, a number counted as one, and how many of these are numbers.
  func units(_ words: Range<Int>) -> (words: Int, numbers: Int) {
    var (all, numbers) = (0, 0)
    for word in words where word == words.lowerBound || !isWithinNumber(word - 1) {
      all += 1
      if placed.text[placed.places[word]].first.map(Self.isDigit) ?? false { numbers += 1 }
    }
    return (all, numbers)
  }

  /// Whether a paragraph ends behind a word: at an empty line, or a line end behind a sentence.
  package func endsParagraph(_ word: Int) -> Bool {
    guard word + 1 < placed.places.count else { return true }
    let between = placed.text[
      placed.places[word].upperBound..<placed.places[word + 1].lowerBound]
    let breaks = between.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    if breaks != 1 { return breaks > 1 }
    let before = between.prefix { $0 != UInt8(ascii: "\n") }
    let last = String(decoding: before, as: UTF8.self).unicodeScalars.last {
      !$0.properties.isWhitespace
    }
    return last.map { Self.sentenceEnds.contains($0) } ?? false
  }
}
