// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sixty-four bytes classified at once: bit i of a mask speaks for byte i.
struct ASCIIBlock {
  static let size = 64
  /// How many bytes from its start must be readable: the block looks one byte ahead, and hashing
  /// a word that ends in it up to eight.
  static let reach = size + 16

  /// ASCII letters and digits.
  var words: UInt64
  /// What needs a closer look: bytes that are not ASCII, apostrophes, NUL, hyphens at a line end.
  var specials: UInt64
  /// Of `words` digits, and letters that may be the first of two that are folded to one, of which
  /// the second may be in the next block; and line ends: line feeds, vertical tabs, form feeds and
  /// carriage returns.
  var marks: UInt64
  /// Capital letters, which are in `words` as well.
  var capitals: UInt64
  /// What ends a sentence or begins a quotation: `. ! ? : ; "`.
  var enders: UInt64
  @inline(__always)
  init(at pointer: UnsafeRawPointer) {
    let lane0 = ASCIIBlock.Lane(pointer)
    let lane1 = ASCIIBlock.Lane(pointer + 16)
    let lane2 = ASCIIBlock.Lane(pointer + 32)
    let lane3 = ASCIIBlock.Lane(pointer + 48)
    words = ASCIIBlock.gathered(lane0.words, lane1.words, lane2.words, lane3.words)
    specials = ASCIIBlock.gatheredIfAny(
      lane0.specials, lane1.specials, lane2.specials, lane3.specials)
    marks = ASCIIBlock.gatheredIfAny(lane0.marks, lane1.marks, lane2.marks, lane3.marks)
    // Gathering costs most: the former are in words, the latter are not.
    let capitalsAndEnders = ASCIIBlock.gatheredIfAny(
      lane0.capitals | lane0.enders, lane1.capitals | lane1.enders,
      lane2.capitals | lane2.enders, lane3.capitals | lane3.enders)
    capitals = capitalsAndEnders & words
    enders = capitalsAndEnders & ~words
  }

  private typealias Bytes = SIMD16<UInt8>

  /// Sixteen bytes; bit 7 of each byte of a mask speaks for it.
  ///
  /// Ranges are compared by adding, on seven bits, and so both ends of one at once.
  private struct Lane {
    var words: Bytes
    var specials: Bytes
    var marks: Bytes
    var capitals: Bytes
    var enders: Bytes

    @inline(__always)
    init(_ pointer: UnsafeRawPointer) {
      let bytes = pointer.loadUnaligned(as: Bytes.self)
      let next = pointer.loadUnaligned(fromByteOffset: 1, as: Bytes.self)
      let ascii = bytes & Bytes(repeating: 0x7F)
      let folded = ascii | Bytes(repeating: 0x20)
      let letters =
        (folded &+ Bytes(repeating: 0x80 - 0x61)) & ~(folded &+ Bytes(repeating: 0x80 - 0x7B))
      let beyondDigits = ascii &+ Bytes(repeating: 0x80 - 0x3A)
      let digits = (ascii &+ Bytes(repeating: 0x80 - 0x30)) & ~beyondDigits
      words = (letters | digits) & ~bytes & Bytes(repeating: 0x80)
      let isHyphen = Lane.equal(bytes, 0x2D)
      // Any control after a hyphen passes for a break.
      let notBreak = next &+ Bytes(repeating: 0x60)
      let isNULOrApostrophe =
        Lane.equal(bytes, 0) | Lane.equal(bytes, 0x27) | Lane.equal(bytes, 0x60)
      specials = (bytes | isNULOrApostrophe | isHyphen & ~notBreak) & Bytes(repeating: 0x80)
      // Both a and e, which differ in bit 2 only; it does no harm that oa and ua are found as well.
      let isSecond = Lane.equal(next | Bytes(repeating: 0x24), 0x65)
      let isFirst =
        Lane.equal(folded, 0x61) | Lane.equal(folded, 0x6F) | Lane.equal(folded, 0x75)
      let lineEnds =
        (ascii &+ Bytes(repeating: 0x80 - 0x0A)) & ~(ascii &+ Bytes(repeating: 0x80 - 0x0E))
      let marked = ~bytes & Bytes(repeating: 0x80)
      marks = (digits | lineEnds | isFirst & isSecond) & marked
      capitals = letters & ~(ascii &+ Bytes(repeating: 0x80 - 0x61)) & marked
      // ! and "; : and ; next to the digits; the full stop and ? by themselves.
      let quotes = Lane.equal(bytes, 0x21) | Lane.equal(bytes, 0x22)
      let colons = beyondDigits & ~(ascii &+ Bytes(repeating: 0x80 - 0x3C)) & ~bytes
      let stops = Lane.equal(bytes, 0x2E) | Lane.equal(bytes, 0x3F)
      enders = (quotes | colons | stops) & Bytes(repeating: 0x80)
    }

    /// Bytes of which all bits are set where they are equal.
    @inline(__always)
    private static func equal(_ bytes: Bytes, _ byte: UInt8) -> Bytes {
      unsafeBitCast(bytes .== Bytes(repeating: byte), to: Bytes.self)
    }
  }

  @inline(__always)
  private static func words(_ mask: Bytes) -> SIMD2<UInt64> {
    unsafeBitCast(mask, to: SIMD2<UInt64>.self)
  }

  /// The masks of four lanes as one.
  @inline(__always)
  private static func gathered(
    _ lane0: Bytes, _ lane1: Bytes, _ lane2: Bytes, _ lane3: Bytes
  ) -> UInt64 {
    bits(lane0) | bits(lane1) &<< 16 | bits(lane2) &<< 32 | bits(lane3) &<< 48
  }

  /// The same of masks that are empty in most blocks, which costs a comparison then.
  @inline(__always)
  private static func gatheredIfAny(
    _ lane0: Bytes, _ lane1: Bytes, _ lane2: Bytes, _ lane3: Bytes
  ) -> UInt64 {
    let any = words((lane0 | lane1) | (lane2 | lane3))
    return any[0] | any[1] == 0 ? 0 : gathered(lane0, lane1, lane2, lane3)
  }

  /// Gathers bit 7 of each byte: the standard library has no PMOVMSKB, a product does it.
  @inline(__always)
  private static func bits(_ mask: Bytes) -> UInt64 {
    let low = (words(mask)[0] &* 0x0002_0408_1020_4081) &>> 56
    let high = (words(mask)[1] &* 0x0002_0408_1020_4081) &>> 56
    return low | high &<< 8
  }
}
