// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What a file's bytes are as UTF-8.
enum DecodedBytes: Sendable {
  /// - Parameter encoding: nil when they were UTF-8.
  case text([UInt8], encoding: Charset?)
  /// Not text: the first NUL is at this offset.
  case binary(offset: Int)
  /// No reading gives anything that looks like writing; this one is the best.
  case undecodable(Charset)

  /// NULs in a row that stand for nothing, as behind the texts of records of fixed length; fewer
  /// are what other formats have in them.
  private static let padding = 4

  /// - Parameter declared: What they say of themselves; what the bytes are goes first.
  init(_ bytes: [UInt8], declared: Charset? = nil) {
    if let mark = ByteOrderMark(bytes) {
      self = Self.converted(Array(bytes[mark.length...]), from: mark.charset)
      return
    }
    guard let nul = ByteCursor.index(of: 0, in: bytes, from: 0) else {
      self = Self.withoutNuls(bytes, declared: declared)
      return
    }
    if let text = Self.withoutPadding(bytes), Self.isUTF8(text) {
      self = .text(text, encoding: nil)
    } else if let charset = WideText.detect(bytes) {
      self = Self.converted(bytes, from: charset)
    } else if let text = Self.withoutPadding(bytes) {
      self = Self.withoutNuls(text, declared: declared)
    } else {
      self = .binary(offset: nul)
    }
  }

  private static func withoutNuls(_ bytes: [UInt8], declared: Charset?) -> DecodedBytes {
    if hasControls(bytes), let charset = WideText.detect(bytes) {
      return converted(bytes, from: charset)
    }
    if ByteCursor.index(of: 0x1B, in: bytes, from: 0) != nil, let charset = escaped(bytes) {
      return converted(bytes, from: charset)
    }
    if isUTF8(bytes) { return .text(bytes, encoding: nil) }
    let finding = EncodingDetector.shared.detect(bytes, declared: declared)
    guard finding.isPlausible else { return .undecodable(finding.charset) }
    return converted(bytes, from: finding.charset)
  }

  private static func converted(_ bytes: [UInt8], from charset: Charset) -> DecodedBytes {
    if charset == .utf8 { return withoutTrailingNuls(bytes, encoding: nil) }
    guard let converter = CharacterConverter(from: charset.converterName) else {
      return .undecodable(charset)
    }
    return withoutTrailingNuls(converter.convert(bytes[...]).text, encoding: charset)
  }

  private static func withoutTrailingNuls(_ text: [UInt8], encoding: Charset?) -> DecodedBytes {
    guard let nul = ByteCursor.index(of: 0, in: text, from: 0) else {
      return .text(text, encoding: encoding)
    }
    guard let rest = withoutPadding(text) else { return .binary(offset: nul) }
    return .text(rest, encoding: encoding)
  }

  /// The bytes without the NULs at their end; what else pads is replaced by a line end.
  ///
  /// Nil when there are other NULs, or controls that text does not have.
  private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8]? {
    guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(last + 1)
    var place = 0
    while place <= last {
      let byte = bytes[place]
      if byte == 0 {
        let end = bytes[place...].firstIndex { $0 != 0 } ?? bytes.endIndex
        guard end - place >= padding else { return nil }
        text.append(0x0A)
        place = end
        continue
      }
      if byte < 0x20, !(0x07...0x0D ~= byte), byte != 0x1B, byte != 0x1A { return nil }
      text.append(byte)
      place += 1
    }
    return text
  }

  /// UTF-8, or UTF-8 with damage: more of its sequences are well formed than not.
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    if String(validating: bytes, as: UTF8.self) != nil { return true }
    var wellFormed = 0
    var malformed = 0
    var isCutOff = false
    var place = 0
    while place < bytes.count {
      if bytes[place] < 0x80 {
        place += 1
        continue
      }
      let sequence = UTF8Sequence(bytes, at: place)
      place += sequence.length
      switch sequence.kind {
      case .wellFormed: wellFormed += 1
      case .cutOff: isCutOff = true
      case .malformed: malformed += 1
      }
    }
    if malformed == 0, !isCutOff || wellFormed > 0 { return true }
    return wellFormed > malformed
  }

  /// Whether there are controls as no text has them: in UTF-16 without spaces they are half of
  /// each letter.
  static func hasControls(_ bytes: some Swift.Collection<UInt8>) -> Bool {
    let start = bytes.prefix(64)
    let controls = start.reduce(0) {
      $1 < 0x20 && !(0x07...0x0D ~= $1) && $1 != 0x1B ? $0 + 1 : $0
    }
    return controls * 4 > start.count
  }

  /// ISO-2022-JP and -KR by their escapes; they are plain ASCII otherwise (RFC 1468, RFC 1557).
  static func escaped(_ bytes: some Swift.Collection<UInt8>) -> Charset? {
    guard let escape = bytes.firstIndex(of: 0x1B) else { return nil }
    let next = Array(bytes[escape...].dropFirst().prefix(3))
    let charset: Charset? =
      next.starts(with: "$B".utf8) || next.starts(with: "$@".utf8)
      ? .iso2022jp : next.elementsEqual("$)C".utf8) ? .iso2022kr : nil
    return bytes.contains { $0 >= 0x80 } ? nil : charset
  }
}
