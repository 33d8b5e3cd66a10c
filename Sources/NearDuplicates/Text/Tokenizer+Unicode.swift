// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Tokenizer {
  /// Reads scalars from `position`, which is between words, to where plain ASCII may follow.
  ///
  /// Always moves on by at least one scalar; leaves `position` between words.
  mutating func scanScalars(
    _ base: UnsafeRawPointer, from position: inout Int, end: Int, tolerant: Bool
  ) -> Result {
    while position < end {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      if byte < 0x80 {
        if byte == 0 { return .nul(offset: position) }
        scanASCIIByte(byte, base, &position, end: end)
      } else {
        let decoded = UTF8Scalar.decoded(base, at: position, end: end)
        guard decoded.isValid || tolerant else { return .malformed(offset: position) }
        scan(decoded, base, &position, end: end)
      }
      if last == .separator, position < end,
        base.load(fromByteOffset: position, as: UInt8.self) < 0x80
      {
        return .complete
      }
    }
    closeWord()
    return .complete
  }

  @inline(__always)
  mutating func scanASCIIByte(
    _ byte: UInt8, _ base: UnsafeRawPointer, _ position: inout Int, end: Int
  ) {
    position &+= 1
    if (byte | 0x20) &- 0x61 < 26 {
      append(
        .letter, encoded: UInt64(byte | 0x20), length: 1, isCapital: byte & 0x20 == 0)
    } else if byte &- 0x30 < 10 {
      append(.digit, encoded: UInt64(byte), length: 1)
    } else if byte == 0x27 || byte == 0x60 {
      return
    } else if byte != 0x2D || !joinsLine(base, &position, end: end) {
      closeWord()
      sentences.take(separator: UInt32(byte))
      if 0x0A...0x0D ~= byte {
        endLine(beforeToken: tokens.count)
        sentences.begins = 1
      }
    }
  }

  @inline(__always)
  mutating func scan(
    _ decoded: UTF8Scalar, _ base: UnsafeRawPointer, _ position: inout Int, end: Int
  ) {
    position &+= decoded.length
    let point = decoded.scalar
    if point < 0x800 {
      let entry = twoByteScalars.entries[Int(point &- TwoByteScalars.first)]
      if entry != 0 {
        append(
          entry &>> 48 & 0xFF == UInt64(ScalarClass.letter.rawValue) ? .letter : .digit,
          encoded: entry & 0xFFFF_FFFF, length: Int(entry &>> 32 & 0xFF),
          combiningClass: UInt8(truncatingIfNeeded: entry &>> 40),
          isCapital: entry &>> 56 != 0)
        return
      }
    }
    if point == 0xAD || point == 0x2010, joinsLine(base, &position, end: end) { return }
    let entry = table.entry(point)
    // Whatever is a capital becomes something else when its case is folded.
    let mayBeCapital =
      entry.scalarClass == .expansion
      || entry.scalarClass == .letter && entry.scalar(of: point) != point
    let isCapital =
      mayBeCapital && (last == .separator || last == .solo) && Sentences.isCapital(point)
    switch entry.scalarClass {
    case .expansion:
      for index in entry.expansionStart..<entry.expansionStart &+ entry.expansionLength {
        let part = UnicodeEntry(bits: table.pool[index])
        take(part.scalarClass, part.scalar(of: 0), part.combiningClass, isCapital: isCapital)
      }
    case .syllable:
      let (leading, vowel, trailing) = HangulSyllable.decomposed(point)
      take(.letter, leading, 0)
      take(.letter, vowel, 0)
      if let trailing { take(.letter, trailing, 0) }
    default:
      take(
        entry.scalarClass, entry.scalar(of: point), entry.combiningClass, isCapital: isCapital)
    }
  }

  /// One scalar of normalised text.
  @inline(__always)
  private mutating func take(
    _ scalarClass: ScalarClass, _ scalar: UInt32, _ combiningClass: UInt8,
    isCapital: Bool = false
  ) {
    switch scalarClass {
    case .letter, .digit:
      let (encoded, length) = UTF8Scalar.encoded(scalar)
      append(scalarClass, encoded: encoded, length: length, isCapital: isCapital)
    case .solo:
      closeWord()
      open(isCapital: false)
      word.append(scalar)
      isWindowed = LetterWindow.takes(scalar)
      last = .solo
    case .mark:
      // A mark with nothing to stand on is a separator, and no word is open.
      guard last != .separator else { return }
      word.append(mark: scalar, combiningClass: combiningClass, table: table)
      if last != .solo { last = .letter }
    case .dropped:
      return
    case .separator, .expansion, .syllable:
      closeWord()
      sentences.take(separator: scalar)
      // Next line; line and paragraph separator.
      if scalar == 0x85 || scalar | 1 == 0x2029 {
        endLine(beforeToken: tokens.count)
        sentences.begins = 1
      }
    }
  }

  @inline(__always)
  private mutating func append(
    _ scalarClass: ScalarClass, encoded: UInt64, length: Int, combiningClass: UInt8 = 0,
    isCapital: Bool = false
  ) {
    if last == .solo { closeWord() }
    if last == .separator { open(isCapital: isCapital) }
    characters &+= 1
    word.append(letter: encoded, length: length, combiningClass: combiningClass)
    last = scalarClass
    if scalarClass == .digit { hasDigit = true }
  }

  @inline(__always)
  mutating func closeWord() {
    guard last != .separator else { return }
    if last == .solo {
      let hash = word.finish()
      traits.append(TokenTraits.unspaced)
      tokens.append(isWindowed ? window.token(endingIn: hash) : hash)
    } else {
      word.readLookAlikes()
      var bits: UInt8 = 0
      if hasDigit {
        bits = word.numberTraits(table: table)
      } else if isCapital, sentences.begins == 0 {
        bits = TokenTraits.capital
      }
      traits.append(bits)
      tokens.append(word.finish())
    }
    sentences.take(word: isCapital, characters: characters)
    last = .separator
    hasDigit = false
    if endsLine {
      endLine(beforeToken: tokens.count)
      endsLine = false
      sentences.begins = 1
    }
  }

  @inline(__always)
  private mutating func open(isCapital: Bool) {
    self.isCapital = isCapital
    characters = 0
  }

  /// Whether the hyphen before `position` divides a word at a line end; then moves past the break.
  ///
  /// A letter (or its mark) before, one line break and a letter after it.
  private mutating func joinsLine(_ base: UnsafeRawPointer, _ position: inout Int, end: Int) -> Bool
  {
    guard last == .letter, position < end else { return false }
    var next = position
    switch base.load(fromByteOffset: next, as: UInt8.self) {
    case 0x0A: next += 1
    case 0x0D:
      next += 1
      if next < end, base.load(fromByteOffset: next, as: UInt8.self) == 0x0A { next += 1 }
    default: return false
    }
    guard next < end else { return false }
    let decoded = UTF8Scalar.decoded(base, at: next, end: end)
    guard decoded.isValid, isLetter(decoded.scalar) else { return false }
    position = next
    endsLine = true
    return true
  }

  private func isLetter(_ point: UInt32) -> Bool {
    let entry = table.entry(point)
    switch entry.scalarClass {
    case .letter, .syllable: return true
    case .expansion:
      return UnicodeEntry(bits: table.pool[entry.expansionStart]).scalarClass == .letter
    default: return false
    }
  }
}
