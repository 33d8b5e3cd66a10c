// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the state keeps of a decided document so that a collection can be brought back as it was.
///
/// The form: a byte that says how many mates there are, in bit 3 whether the document is a
/// round-up,
/// and in its upper half how many documents the law binds it to; the weight of the sample, four
/// bytes; the key of the token sequence, five; the
/// distances to the mates and to the bound documents, four each; the keys under which the document
/// was listed in the index, five each. For a copy: 0xFF and the number of the original in
/// four bytes. Least significant bytes come first.
package struct DocumentTrace: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case text(Text)
    /// The number of the document with the same tokens.
    case copy(of: UInt32)
  }

  package struct Text: Sendable, Equatable {
    var sampleWeight: UInt32
    var sequenceKey: UInt64
    /// The documents whose runs were not counted again.
    var mates: [UInt32]
    /// The documents that it is near to by the law, at most `lawfulLimit`.
    var lawful: [UInt32]
    /// The index keys.
    var posted: [UInt64]
    /// Whether the document is a round-up that began a cluster.
    var isRoundUp = false
  }

  /// Below 15, or a byte could be taken for the mark of a copy.
  static let lawfulLimit = 14
  private static let matesMask: UInt64 = 7
  private static let roundUpMark: UInt8 = 8
  private static let copyMark: UInt8 = 0xFF
  private static let keyBytes = ShardedTable.keyBits / 8

  package var document: UInt32
  package var kind: Kind

  package func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    switch kind {
    case .copy(let original):
      bytes.append(Self.copyMark)
      Self.append(UInt64(original), 4, to: &bytes)
    case .text(let text):
      bytes.reserveCapacity(
        10 + 4 * (text.mates.count + text.lawful.count) + Self.keyBytes * text.posted.count)
      let mark = text.isRoundUp ? Self.roundUpMark : 0
      bytes.append(UInt8(text.mates.count | text.lawful.count << 4) | mark)
      Self.append(UInt64(text.sampleWeight), 4, to: &bytes)
      Self.append(text.sequenceKey, Self.keyBytes, to: &bytes)
      for mate in text.mates + text.lawful {
        Self.append(UInt64(document - mate), 4, to: &bytes)
      }
      for key in text.posted { Self.append(key, Self.keyBytes, to: &bytes) }
    }
    return bytes
  }

  private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
  }

  package init(document: UInt32, kind: Kind) {
    self.document = document
    self.kind = kind
  }

  /// Nil when the bytes are not what `encode` gives for a document of this number.
  package init?(_ bytes: RawSpan, document: UInt32) {
    var position = 0
    guard let first = Self.number(1, bytes, &position) else { return nil }
    self.document = document
    if first == Self.copyMark {
      guard let original = Self.number(4, bytes, &position), original > 0, original < document
      else { return nil }
      kind = .copy(of: UInt32(original))
      return
    }
    guard let weight = Self.number(4, bytes, &position),
      let key = Self.number(Self.keyBytes, bytes, &position)
    else { return nil }
    let (mates, lawful) = (Int(first & Self.matesMask), Int(first >> 4))
    var others: [UInt32] = []
    for _ in 0..<mates + lawful {
      guard let distance = Self.number(4, bytes, &position), distance > 0, distance < document
      else { return nil }
      others.append(document - UInt32(distance))
    }
    var text = Text(
      sampleWeight: UInt32(weight), sequenceKey: key, mates: Array(others.prefix(mates)),
      lawful: Array(others.suffix(lawful)), posted: [],
      isRoundUp: UInt8(first) & Self.roundUpMark != 0)
    text.posted.reserveCapacity((bytes.byteCount - position) / Self.keyBytes)
    while let key = Self.number(Self.keyBytes, bytes, &position) { text.posted.append(key) }
    guard position == bytes.byteCount else { return nil }
    kind = .text(text)
  }

  /// Lends each index key of a trace without making the trace; false when it cannot be read.
  static func forEachPosted(_ bytes: RawSpan, _ body: (UInt64) -> Void) -> Bool {
    var position = 0
    guard let first = number(1, bytes, &position) else { return false }
    if first == copyMark { return bytes.byteCount == 5 }
    position += 4 + keyBytes + 4 * Int((first & matesMask) + (first >> 4))
    while let key = number(keyBytes, bytes, &position) { body(key) }
    return position == bytes.byteCount
  }

  /// Nil when the bytes are not what `encode` gives for a document of this number.
  package init?(_ bytes: [UInt8], document: UInt32) {
    let span = bytes.span
    self.init(span.bytes, document: document)
  }

  /// A number of `count` bytes; nil, and no step, when there are not as many.
  @inline(__always)
  private static func number(_ count: Int, _ bytes: RawSpan, _ position: inout Int) -> UInt64? {
    guard bytes.byteCount - position >= count else { return nil }
    if bytes.byteCount - position >= 8 {
      // One load for all that is not at the very end.
      let word = bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      position += count
      return UInt64(littleEndian: word) & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1)
    }
    var value: UInt64 = 0
    for place in 0..<count {
      let byte = bytes.unsafeLoad(fromByteOffset: position &+ place, as: UInt8.self)
      value |= UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* place)
    }
    position += count
    return value
  }
}
