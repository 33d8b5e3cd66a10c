// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Puts words together again whose letters are spaced out, as some programs write the text of a PDF
/// and some hands a heading: "T h e   b r i d g e".
///
/// Single letters with one blank between each two are a word; where there is more than one blank,
/// a word ends. Where all blanks are single, words cannot be told: then each letter is written with
/// the seven before it, since letters alone are the same ones in all texts.
struct SpacedLetters {
  /// More letters in a row are hardly one word.
  static let longestWord = 32
  /// Fewer single letters in a text say nothing of it.
  static let fewestLetters = 4
  /// How many letters are written for each where words cannot be told.
  static let window = 8

  /// The text with such words put together.
  private(set) var text: [UInt8] = []
  /// For each byte of it, the bytes of the text before that it stands for.
  private(set) var origins: [Range<Int>] = []

  private let source: UnsafeRawBufferPointer
  private let keepsOrigins: Bool
  /// The letters of the row that is being read.
  private var row: [Range<Int>] = []
  private var written = 0

  /// Nil when the text is not one of spaced letters: when fewer than half of its words are single
  /// letters. Single digits are no sign of it: tables of rates and results are full of them.
  init?(_ source: UnsafeRawBufferPointer, keepsOrigins: Bool) {
    self.source = source
    self.keepsOrigins = keepsOrigins
    var units = Units(source)
    var (words, singles) = (0, 0)
    while let unit = units.next() {
      words += 1
      if unit.isSingle, unit.isLetter { singles += 1 }
    }
    guard singles >= SpacedLetters.fewestLetters, 2 * singles >= words else { return nil }
    rewrite()
  }

  /// Whether so many tokens in so many bytes may be of such a text.
  ///
  /// Letters of two bytes and less; what is looked at more closely takes twice as long.
  static func mayFill(bytes: Int, tokens: Int, unspaced: @autoclosure () -> Int) -> Bool {
    guard 4 * tokens > bytes else { return false }
    let unspaced = unspaced()
    return 4 * (tokens - unspaced) > bytes - 3 * unspaced
  }

  /// The bytes of the text before that some of this one stand for.
  func origin(of place: Range<Int>) -> Range<Int> {
    let end = place.upperBound > 0 ? origins[place.upperBound - 1].upperBound : 0
    return (place.isEmpty ? end : origins[place.lowerBound].lowerBound)..<end
  }

  private mutating func rewrite() {
    text.reserveCapacity(source.count)
    var units = Units(source)
    while let unit = units.next() {
      if !row.isEmpty, !unit.isSingle || !unit.follows { endRow() }
      if unit.isSingle { row.append(unit.place) }
    }
    endRow()
    copy(written..<source.count)
  }

  private mutating func endRow() {
    defer { row.removeAll(keepingCapacity: true) }
    guard row.count > 1, let first = row.first, let last = row.last else { return }
    copy(written..<first.lowerBound)
    written = last.upperBound
    if row.count <= SpacedLetters.longestWord {
      for letter in row { copy(letter) }
      return
    }
    for index in (SpacedLetters.window - 1)..<row.count {
      for letter in row[(index - SpacedLetters.window + 1)...index] {
        copy(letter, origin: row[index])
      }
      write(0x20, row[index])
    }
  }

  private mutating func copy(_ bytes: Range<Int>, origin: Range<Int>? = nil) {
    for place in bytes {
      write(source[place], origin ?? place..<place + 1)
    }
  }

  private mutating func write(_ byte: UInt8, _ origin: Range<Int>) {
    text.append(byte)
    if keepsOrigins { origins.append(origin) }
  }
}

extension SpacedLetters {
  /// A run of letters and digits.
  struct Unit {
    var place: Range<Int>
    var characters: Int
    var isSingle: Bool { characters == 1 }
    /// Whether it begins with a letter, not a digit.
    var isLetter: Bool
    /// Whether nothing but one blank stands between it and the one before; a blank on both sides
    /// of an apostrophe is one.
    var follows: Bool
  }

  /// Reads the units of a text; a letter of a script without spaces is none, and ends them.
  struct Units {
    private let base: UnsafeRawPointer?
    private let end: Int
    private var position = 0
    private let table = UnicodeTable.shared

    init(_ text: UnsafeRawBufferPointer) {
      base = text.baseAddress
      end = text.count
    }

    mutating func next() -> Unit? {
      guard let base else { return nil }
      var unit: Unit?
      var (blanks, mostBlanks) = (0, 1)
      while position < end {
        let decoded = UTF8Scalar.decoded(base, at: position, end: end)
        let place = position..<position + decoded.length
        switch kind(of: decoded.scalar) {
        case .character(let isLetter):
          let start = unit?.place.lowerBound ?? place.lowerBound
          let follows = unit?.follows ?? (1...mostBlanks ~= blanks)
          unit = Unit(
            place: start..<place.upperBound, characters: (unit?.characters ?? 0) + 1,
            isLetter: unit?.isLetter ?? isLetter, follows: follows)
        case .within:
          if let open = unit {
            // What a letter carries belongs to it.
            unit?.place = open.place.lowerBound..<place.upperBound
          } else if blanks > 0 {
            mostBlanks = 2
          }
        case .blank:
          if let unit { return unit }
          blanks += 1
        case .other:
          if let unit { return unit }
          blanks = 3
        }
        position = place.upperBound
      }
      return unit
    }

    private enum Kind {
      case character(isLetter: Bool)
      /// Marks, and what is as if it were not there.
      case within
      case blank
      case other
    }

    private func kind(of point: UInt32) -> Kind {
      switch point {
      case 0x20, 0x09, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .blank
      default: break
      }
      let entry = table.entry(point)
      switch entry.scalarClass {
      case .letter, .syllable: return .character(isLetter: true)
      case .digit: return .character(isLetter: false)
      case .mark, .dropped: return .within
      case .solo, .separator: return .other
      case .expansion:
        let first = UnicodeEntry(bits: table.pool[entry.expansionStart]).scalarClass
        guard first == .letter || first == .digit else { return .other }
        return .character(isLetter: first == .letter)
      }
    }
  }
}
