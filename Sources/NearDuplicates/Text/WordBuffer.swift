// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The word being put together from normalised scalars, as UTF-8; of any length in bounded memory.
struct WordBuffer: ~Copyable {
  /// What stays unhashed when a long word is absorbed: more than `reorderingLimit` marks take.
  private static let kept = 192
  private static let capacity = 512
  /// Stream-safe text (UAX #15) has at most 30 marks in a row; more are left as they come, so that
  /// sorting them takes linear time whatever the text.
  private static let reorderingLimit = 32

  private let bytes: UnsafeMutableRawPointer
  private var count = 0
  private var state: UInt64 = 0
  private var absorbed = 0
  private var lastCombiningClass: UInt8 = 0

  init() {
    bytes = .allocate(byteCount: WordBuffer.capacity + 16, alignment: 16)
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: WordBuffer.capacity + 16)
  }

  deinit {
    bytes.deallocate()
  }

  /// Appends a letter or digit, unless it is the second of two letters that are folded to one.
  @inline(__always)
  mutating func append(letter encoded: UInt64, length: Int, combiningClass: UInt8 = 0) {
    if encoded & ~4 == 0x61, count > 0 {
      let last = bytes.load(fromByteOffset: count &- 1, as: UInt8.self)
      if DigraphFolding.drops(UInt8(truncatingIfNeeded: encoded), after: last) { return }
    }
    append(encoded: encoded, length: length, combiningClass: combiningClass)
  }

  /// Appends the low `length` ≤ 8 bytes of `encoded`, the last of them a mark of that class or 0.
  @inline(__always)
  mutating func append(encoded: UInt64, length: Int, combiningClass: UInt8 = 0) {
    bytes.storeBytes(of: encoded.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= length
    lastCombiningClass = combiningClass
    if count > WordBuffer.capacity &- 16 { absorb() }
  }

  @inline(__always)
  mutating func append(_ scalar: UInt32) {
    let (encoded, length) = UTF8Scalar.encoded(scalar)
    append(encoded: encoded, length: length)
  }

  /// Appends a mark in canonical order.
  mutating func append(mark: UInt32, combiningClass: UInt8, table: borrowing UnicodeTable) {
    let (encoded, length) = UTF8Scalar.encoded(mark)
    if combiningClass == 0 || combiningClass >= lastCombiningClass {
      append(encoded: encoded, length: length, combiningClass: combiningClass)
      return
    }
    let last = lastCombiningClass
    let place = placeOfMark(combiningClass, table: table)
    for offset in stride(from: count - 1, through: place, by: -1) {
      bytes.storeBytes(
        of: bytes.load(fromByteOffset: offset, as: UInt8.self), toByteOffset: offset + length,
        as: UInt8.self)
    }
    for offset in 0..<length {
      bytes.storeBytes(
        of: UInt8(truncatingIfNeeded: encoded >> UInt64(8 * offset)), toByteOffset: place + offset,
        as: UInt8.self)
    }
    count += length
    lastCombiningClass = last
    if count > WordBuffer.capacity - 16 { absorb() }
  }

  /// The hash of the word, which is not empty; the buffer is empty then.
  @inline(__always)
  mutating func finish() -> UInt32 {
    let hash =
      absorbed == 0
      ? TokenHash.hash(bytes, count: count, folding: 0)
      : TokenHash.long(bytes, count: count, folding: 0, state: state, absorbed: absorbed)
    clear()
    return hash
  }

  /// What `TokenTraits` says of the word, which contains a digit, beside its line.
  @inline(never)
  func numberTraits(table: borrowing UnicodeTable) -> UInt8 {
    guard absorbed == 0 else { return TokenTraits.digit }
    var characters = 0
    var offset = 0
    while offset < count, characters <= 2 {
      let decoded = UTF8Scalar.decoded(bytes, at: offset, end: count)
      offset += decoded.length
      // Equivalent texts must agree, whether composed or not.
      let isContinued = HangulSyllable.continuing.contains(decoded.scalar)
      if !isContinued, table.entry(decoded.scalar).scalarClass != .mark { characters += 1 }
    }
    return TokenTraits.number(bytes, count: count, isShort: characters <= 2)
  }

  /// Reads letters of another script than the word's as those that they look like.
  @inline(never)
  mutating func readLookAlikes() {
    guard count <= WordBuffer.kept, absorbed == 0, isMixed else { return }
    replaceLookAlikes()
  }

  /// Whether there are both letters of ASCII, or digits, and others.
  private var isMixed: Bool {
    var (some, every): (UInt64, UInt64) = (0, .max)
    var offset = 0
    // The last eight bytes again, or those of a short word alone, as if it were repeated.
    while offset &+ 8 < count {
      let word = bytes.load(fromByteOffset: offset, as: UInt64.self)
      some |= word
      every &= word
      offset &+= 8
    }
    let rest = UInt64(truncatingIfNeeded: (8 &- (count &- offset)) &* 8)
    let word = bytes.load(fromByteOffset: offset, as: UInt64.self).littleEndian
    some |= word &<< rest
    every &= word | ~(UInt64.max &>> rest)
    let others: UInt64 = 0x8080_8080_8080_8080
    return some & others != 0 && every & others != others
  }

  @inline(never)
  private mutating func replaceLookAlikes() {
    var scalars: [UInt32] = []
    var offset = 0
    while offset < count {
      let decoded = UTF8Scalar.decoded(bytes, at: offset, end: count)
      scalars.append(decoded.scalar)
      offset += decoded.length
    }
    guard let reading = LookAlikes.reading(of: scalars) else { return }
    clear()
    for scalar in reading {
      let (encoded, length) = UTF8Scalar.encoded(scalar)
      append(letter: encoded, length: length)
    }
  }

  @inline(__always)
  mutating func clear() {
    count = 0
    state = 0
    absorbed = 0
    lastCombiningClass = 0
  }

  /// Where a mark belongs: before the marks at the end whose class is greater.
  private func placeOfMark(_ combiningClass: UInt8, table: borrowing UnicodeTable) -> Int {
    var place = count
    for _ in 0..<WordBuffer.reorderingLimit where place > 0 {
      var start = place - 1
      while start > 0, bytes.load(fromByteOffset: start, as: UInt8.self) & 0xC0 == 0x80 {
        start -= 1
      }
      let scalar = UTF8Scalar.decoded(bytes, at: start, end: place).scalar
      guard table.entry(scalar).combiningClass > combiningClass else { break }
      place = start
    }
    return place
  }

  /// Hashes the front of a long word and moves the rest down.
  @inline(never)
  private mutating func absorb() {
    let whole = (count - WordBuffer.kept) / 16 * 16
    for offset in stride(from: 0, to: whole, by: 16) {
      state = TokenHash.absorb(bytes + offset, folding: 0, into: state)
    }
    bytes.copyMemory(from: bytes + whole, byteCount: count - whole)
    count -= whole
    absorbed += whole
  }
}
