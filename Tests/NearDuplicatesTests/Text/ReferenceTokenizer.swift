// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import NearDuplicates

/// The rules of tokenizing, written to be read rather than to be fast.
enum ReferenceTokenizer {
  private struct Part {
    var kind: ScalarClass
    var combiningClass: UInt8
    var scalar: UInt32
  }

  private struct Word {
    var parts: [Part] = []
    /// The number of the scalar where it begins.
    var start = 0
    /// What separates it from the word before.
    var gap: [UInt32] = []
    var isCapital = false
  }

  static func tokens(_ text: String) -> [UInt32] {
    var window = LetterWindow()
    return words(text).map { word in
      let letter = word.unicodeScalars.first.map(\.value) ?? 0
      let isSolo = UnicodeTable.shared.entry(letter).scalarClass == .solo
      let token = hash(Array(word.utf8))
      return isSolo && LetterWindow.takes(letter) ? window.token(endingIn: token) : token
    }
  }

  static func words(_ text: String) -> [String] {
    located(unspaced(text)).map { folded($0) }
  }

  /// The text as it is read: with words put together whose letters are spaced out.
  private static func unspaced(_ text: String) -> String {
    let words = located(text)
    let solo = words.filter { $0.parts.first?.kind == .solo }.count
    let bytes = text.utf8.count
    guard 4 * words.count > bytes, 4 * (words.count - solo) > bytes - 3 * solo else { return text }
    return ReferenceSpacing.joined(text)
  }

  /// The word's letters as they are hashed: two that stand for one, and those that look like
  /// letters of the word's script, are replaced.
  private static func folded(_ word: Word) -> String {
    let text = withoutDigraphs(ordered(word.parts))
    guard word.parts.first?.kind != .solo, text.utf8.count <= 192,
      let reading = LookAlikes.reading(of: text.unicodeScalars.map(\.value))
    else { return text }
    return withoutDigraphs(
      String(String.UnicodeScalarView(reading.compactMap(Unicode.Scalar.init))))
  }

  private static func withoutDigraphs(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { folded, letter in
      let pair = (folded.unicodeScalars.last.map(String.init) ?? "") + String(letter)
      if !["ae", "oe", "ue", "aa"].contains(pair) { folded.unicodeScalars.append(letter) }
    }
  }

  static func traits(_ source: String) -> [UInt8] {
    let text = unspaced(source)
    let words = located(text)
    // The line of each scalar; the two of a CR LF are two line ends, the second of no words.
    var line = 0
    let lines = text.unicodeScalars.map { scalar in
      if lineEnds.contains(scalar) { line += 1 }
      return line
    }
    let lengths = words.reduce(into: [:]) { $0[lines[$1.start], default: 0] += 1 }
    return words.indices.map { index in
      let word = words[index]
      let previous = index > 0 ? words[index - 1] : nil
      let isFirst = previous.map { lines[$0.start] != lines[word.start] } ?? true
      var bits = numberTraits(word) | UInt8(min(15, (lengths[lines[word.start]] ?? 0) / 2)) << 4
      if isFirst { bits |= 2 }
      if word.parts.first?.kind == .solo { bits |= 8 }
      if bits & 1 == 0, word.isCapital, !isFirst, !beginsSentence(word, after: previous) {
        bits |= 4
      }
      return bits
    }
  }

  private static func beginsSentence(_ word: Word, after previous: Word?) -> Bool {
    let characters = previous?.parts.filter { $0.kind != .mark }.count ?? 0
    let isAbbreviated = previous?.isCapital == true && characters <= 3
    return word.gap.compactMap(Unicode.Scalar.init).contains { scalar in
      if ".…．".unicodeScalars.contains(scalar) { return !isAbbreviated }
      return "!?:;\"“”„‟«»。！？؟।;：；﹕｡".unicodeScalars.contains(scalar)
    }
  }

  private static func isCapital(_ scalar: Unicode.Scalar) -> Bool {
    guard UnicodeTable.shared.output(of: scalar.value).map(\.2) != [scalar.value] else {
      return false
    }
    let category = scalar.properties.generalCategory
    return category == .uppercaseLetter || category == .titlecaseLetter
  }

  private static let lineEnds: Set<Unicode.Scalar> = [
    "\n", "\u{B}", "\u{C}", "\r", "\u{85}", "\u{2028}", "\u{2029}",
  ]

  private static func numberTraits(_ word: Word) -> UInt8 {
    guard word.parts.contains(where: { $0.kind == .digit }) else { return 0 }
    let text = folded(word)
    let isYear =
      text.unicodeScalars.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20"))
      && text.allSatisfy { "0" <= $0 && $0 <= "9" }
    let characters = text.unicodeScalars.filter {
      UnicodeTable.shared.entry($0.value).scalarClass != .mark
        && !(0x1160...0x11FF).contains($0.value)
    }
    return isYear || characters.count <= 2 ? 5 : 1
  }

  private static func located(_ text: String) -> [Word] {
    var words: [Word] = []
    var open = Word()
    func close() {
      guard !open.parts.isEmpty else { return }
      words.append(open)
      open = Word()
    }
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      if let next = afterDividedLine(scalars, index, open.parts) {
        index = next
        continue
      }
      for part in parts(scalars[index]) {
        switch part.kind {
        case .letter, .digit:
          if open.parts.first?.kind == .solo { close() }
          if open.parts.isEmpty {
            open.start = index
            open.isCapital = isCapital(scalars[index])
          }
          open.parts.append(part)
        case .solo:
          close()
          open.parts = [part]
          open.start = index
        case .mark:
          if !open.parts.isEmpty { open.parts.append(part) }
        case .separator:
          close()
          open.gap.append(part.scalar)
        case .dropped: break
        case .expansion, .syllable: fatalError("not a part")
        }
      }
      index += 1
    }
    close()
    return words
  }

  private static func parts(_ scalar: Unicode.Scalar) -> [Part] {
    if HangulSyllable.range.contains(scalar.value) {
      return String(scalar).decomposedSyllable.map {
        Part(kind: .letter, combiningClass: 0, scalar: $0)
      }
    }
    return UnicodeTable.shared.output(of: scalar.value).map {
      Part(kind: $0.0, combiningClass: $0.1, scalar: $0.2)
    }
  }

  /// Where the word goes on when a hyphen here divides it at a line end.
  private static func afterDividedLine(
    _ scalars: [Unicode.Scalar], _ index: Int, _ open: [Part]
  ) -> Int? {
    guard ["-", "\u{AD}", "\u{2010}"].contains(scalars[index]),
      let last = open.last?.kind, last == .letter || last == .mark, open.first?.kind != .solo
    else { return nil }
    let rest = scalars.dropFirst(index + 1)
    for lineBreak in ["\r\n", "\n", "\r"] where rest.starts(with: lineBreak.unicodeScalars) {
      let next = index + 1 + lineBreak.unicodeScalars.count
      guard next < scalars.count, parts(scalars[next]).first?.kind == .letter else { return nil }
      return next
    }
    return nil
  }

  /// Canonical ordering: runs of marks stably sorted by their class.
  private static func ordered(_ word: [Part]) -> String {
    var result: [Part] = []
    for part in word {
      var place = result.count
      while part.combiningClass > 0, place > 0,
        result[place - 1].combiningClass > part.combiningClass
      {
        place -= 1
      }
      result.insert(part, at: place)
    }
    var text = String.UnicodeScalarView()
    for part in result {
      if let scalar = Unicode.Scalar(part.scalar) { text.append(scalar) }
    }
    return String(text)
  }

  /// `TokenHash`, a byte at a time.
  static func hash(_ bytes: [UInt8]) -> UInt32 {
    func word(_ start: Int) -> UInt64 {
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
    var first: UInt64
    var second: UInt64
    if bytes.count < 8 {
      first = bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
      first <<= UInt64(8 * (8 - bytes.count))
      second = first
    } else if bytes.count <= 16 {
      first = word(0)
      second = word(bytes.count - 8)
    } else {
      var state: UInt64 = 0
      var offset = 0
      while bytes.count - offset > 16 {
        state = product(
          word(offset) ^ TokenHash.firstKey ^ state,
          word(offset + 8) ^ (TokenHash.secondKey &+ state))
        offset += 16
      }
      first = word(bytes.count - 16) ^ state
      second = word(bytes.count - 8)
    }
    let mixed = product(
      first ^ TokenHash.firstKey, second ^ TokenHash.secondKey ^ UInt64(bytes.count))
    return UInt32((mixed &* TokenHash.lastKey) >> 32)
  }

  private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }
}

extension String {
  fileprivate var decomposedSyllable: [UInt32] {
    // The standard library compares by canonical equivalence: the decomposition is found by it.
    let index = (unicodeScalars.first?.value ?? 0) - 0xAC00
    let jamo = [0x1100 + index / (21 * 28), 0x1161 + (index / 28) % 21]
    let all = index % 28 == 0 ? jamo : jamo + [0x11A7 + index % 28]
    let scalars = all.compactMap(Unicode.Scalar.init)
    precondition(String(String.UnicodeScalarView(scalars)) == self)
    return all
  }
}
