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
///
/// Where others of its cluster were listed in its place, 0xFE comes first and, before the keys, for
/// each of them: the distance, four bytes; how many keys, two; and these. An empty one is the end.
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
    /// The index keys under which another document of the cluster was listed already: they are the
    /// document's own once that one is gone.
    var withheld: [Withheld] = []
  }

  /// What a document was not listed under because another one was.
  package struct Withheld: Sendable, Equatable {
    var by: UInt32
    var keys: [UInt64]
  }

  /// Below 15, or a byte could be taken for the mark of a copy.
  static let lawfulLimit = 14
  private static let matesMask: UInt64 = 7
  private static let roundUpMark: UInt8 = 8
  private static let copyMark: UInt8 = 0xFF
  private static let withheldMark: UInt8 = 0xFE
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
      if !text.withheld.isEmpty { bytes.append(Self.withheldMark) }
      let mark = text.isRoundUp ? Self.roundUpMark : 0
      bytes.append(UInt8(text.mates.count | text.lawful.count << 4) | mark)
      Self.append(UInt64(text.sampleWeight), 4, to: &bytes)
      Self.append(text.sequenceKey, Self.keyBytes, to: &bytes)
      for mate in text.mates + text.lawful {
        Self.append(UInt64(document - mate), 4, to: &bytes)
      }
      Self.append(text.withheld, of: document, to: &bytes)
      for key in text.posted { Self.append(key, Self.keyBytes, to: &bytes) }
    }
    return bytes
  }

  private static func append(
    _ withheld: [Withheld], of document: UInt32, to bytes: inout [UInt8]
  ) {
    if withheld.isEmpty { return }
    for part in withheld {
      append(UInt64(document - part.by), 4, to: &bytes)
      append(UInt64(part.keys.count), 2, to: &bytes)
      for key in part.keys { append(key, keyBytes, to: &bytes) }
    }
    append(0, 4, to: &bytes)
  }

  /// Nil when the bytes are something else.
  private static func withheld(
    of document: UInt32, _ bytes: RawSpan, _ position: inout Int
  ) -> [Withheld]? {
    var parts: [Withheld] = []
    while let distance = number(4, bytes, &position) {
      if distance == 0 { return parts }
      guard distance < document, let count = number(2, bytes, &position) else { return nil }
      var part = Withheld(by: document - UInt32(distance), keys: [])
      part.keys.reserveCapacity(Int(count))
      for _ in 0..<count {
        guard let key = number(keyBytes, bytes, &position) else { return nil }
        part.keys.append(key)
      }
      parts.append(part)
    }
    return nil
  }

  private static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
  }

  package init(document: UInt32, kind: Kind) {
    self.document = document
    self.kind = kind
  }

  /// The trace of a copy that takes the place of its original, which goes: it takes over what that
  /// was listed under, as any member of its cluster does. Nil when the original is none.
  package init?(document: UInt32, inPlaceOf original: DocumentTrace) {
    guard case .text(var text) = original.kind, original.document < document else { return nil }
    text.withheld.append(Withheld(by: original.document, keys: text.posted))
    text.posted = []
    self.init(document: document, kind: .text(text))
  }

  /// Nil when the bytes are not what `encode` gives for a document of this number.
  package init?(_ bytes: RawSpan, document: UInt32) {
    var position = 0
    guard var first = Self.number(1, bytes, &position) else { return nil }
    self.document = document
    let hasWithheld = first == Self.withheldMark
    if hasWithheld {
      guard let second = Self.number(1, bytes, &position), second < Self.withheldMark else {
        return nil
      }
      first = second
    }
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
    if hasWithheld {
      guard let withheld = Self.withheld(of: document, bytes, &position) else { return nil }
      text.withheld = withheld
    }
    text.posted.reserveCapacity((bytes.byteCount - position) / Self.keyBytes)
    while let key = Self.number(Self.keyBytes, bytes, &position) { text.posted.append(key) }
    guard position == bytes.byteCount else { return nil }
    kind = .text(text)
  }

  /// Lends each index key of a trace without making the trace; false when it cannot be read.
  static func forEachPosted(_ bytes: RawSpan, _ body: (UInt64) -> Void) -> Bool {
    var position = 0
    guard var first = number(1, bytes, &position) else { return false }
    if first == copyMark { return bytes.byteCount == 5 }
    let hasWithheld = first == withheldMark
    if hasWithheld {
      guard let second = number(1, bytes, &position) else { return false }
      first = second
    }
    position += 4 + keyBytes + 4 * Int((first & matesMask) + (first >> 4))
    if hasWithheld {
      while true {
        guard let distance = number(4, bytes, &position) else { return false }
        if distance == 0 { break }
        guard let count = number(2, bytes, &position) else { return false }
        position += keyBytes * Int(count)
      }
    }
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
