// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import NearDuplicates

/// UTF-8 that was read as Windows-1252, Latin-1 or Windows-1251 and stored again ("Ã©" for "é").
///
/// Such text is made of pairs and triples that hardly ever stand in other text; it is put right
/// where they are more than all other characters that are not ASCII.
struct Mojibake: Sendable {
  private static let readings = [
    Charset.windows1252, Charset.singleByte.first { $0.name == "windows-1251" },
  ].compactMap { $0 }.compactMap { Mojibake($0) }

  /// It may have happened several times.
  private static let mostTimes = 3

  /// The byte that each character was, of those that are not ASCII.
  private let bytes: [UInt32: UInt8]
  /// Bytes that mean nothing in the encoding, and became U+FFFD or were kept as they are.
  private let lost: [UInt8]

  private init?(_ charset: Charset) {
    guard let converter = CharacterConverter(from: charset.converterName) else { return nil }
    var bytes: [UInt32: UInt8] = [:]
    var lost: [UInt8] = []
    for byte in UInt8(0x80)...0xFF {
      let (text, malformed) = converter.convert([byte])
      guard malformed == 0, let scalar = String(decoding: text, as: UTF8.self).unicodeScalars.first
      else {
        lost.append(byte)
        continue
      }
      bytes[scalar.value] = byte
    }
    // As Latin-1 has them, and as browsers read what Windows-1252 has not.
    for byte in UInt8(0x80)...0x9F where bytes[UInt32(byte)] == nil { bytes[UInt32(byte)] = byte }
    self.bytes = bytes
    self.lost = lost
  }

  /// A quick look at UTF-8: whether `repaired` may find something to do.
  static func isSuspected(_ bytes: UnsafeRawBufferPointer) -> Bool {
    isSuspected(bytes, lead: 0xC3) { offset in
      guard offset + 2 < bytes.count, 0x82...0xB4 ~= bytes[offset + 1] else { return false }
      return [0xC2, 0xC5, 0xC6, 0xCB, 0xE2, 0xEF].contains(bytes[offset + 2])
    }
      || isSuspected(bytes, lead: 0xD0) { offset in
        // "Р" or "С", and again behind the next letter.
        guard offset + 5 < bytes.count, 0xA0...0xA1 ~= bytes[offset + 1] else { return false }
        let next = offset + (bytes[offset + 2] >= 0xE0 ? 5 : 4)
        return next + 1 < bytes.count && bytes[next] == 0xD0 && 0xA0...0xA1 ~= bytes[next + 1]
      }
  }

  /// Whether one of the first places with a byte is what a pair begins with.
  private static func isSuspected(
    _ bytes: UnsafeRawBufferPointer, lead: UInt8, _ isPair: (Int) -> Bool
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var offset = 0
    for _ in 0..<32 {
      guard offset < bytes.count,
        let found = memchr(base + offset, Int32(lead), bytes.count - offset)
      else { return false }
      offset = UnsafeRawPointer(found) - base
      if isPair(offset) { return true }
      offset += 1
    }
    return false
  }

  /// The text put right; nil when nothing is wrong with it.
  static func repaired(_ utf8: [UInt8]) -> [UInt8]? {
    var result: [UInt8]?
    for _ in 0..<mostTimes {
      let text = result ?? utf8
      guard let better = readings.lazy.compactMap({ $0.undone(text) }).first else { break }
      result = better
    }
    return result
  }

  /// The text as it was before this reading; nil when it does not look like one.
  private func undone(_ utf8: [UInt8]) -> [UInt8]? {
    let scalars = Array(String(decoding: utf8, as: UTF8.self).unicodeScalars.map(\.value))
    var output = String.UnicodeScalarView()
    var pairs = 0
    var others = 0
    var place = 0
    var previous: UInt32 = 0
    while place < scalars.count {
      let scalar = scalars[place]
      if scalar >= 0x80, let (was, length) = sequence(scalars, at: place, after: previous) {
        pairs += 1
        output.append(was)
        previous = was.value
        place += length
        continue
      }
      if scalar >= 0x80 { others += 1 }
      if let kept = Unicode.Scalar(scalar) { output.append(kept) }
      previous = 0
      place += 1
    }
    return pairs > others ? Array(String(output).utf8) : nil
  }

  /// The character whose UTF-8 the scalars at a place are when each is the byte it was.
  private func sequence(
    _ scalars: [UInt32], at place: Int, after previous: UInt32
  ) -> (Unicode.Scalar, length: Int)? {
    guard let lead = bytes[scalars[place]], 0xC2...0xF4 ~= lead else { return nil }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard place + length <= scalars.count else { return nil }
    var sequence = [lead]
    var unknown: Int?
    for index in 1..<length {
      let scalar = scalars[place + index]
      if scalar == 0xFFFD, unknown == nil {
        unknown = index
        sequence.append(0x80)
      } else if let byte = bytes[scalar], byte & 0xC0 == 0x80 {
        sequence.append(byte)
      } else {
        return nil
      }
    }
    guard let unknown else { return Self.scalar(sequence).map { ($0, length) } }
    let candidates = lost.filter { $0 & 0xC0 == 0x80 }.compactMap { byte in
      sequence[unknown] = byte
      return Self.scalar(sequence)
    }
    let best = candidates.max {
      LetterModel.shared.likelihood(of: $0.value, after: previous)
        < LetterModel.shared.likelihood(of: $1.value, after: previous)
    }
    return best.map { ($0, length) }
  }

  private static func scalar(_ sequence: [UInt8]) -> Unicode.Scalar? {
    guard let text = String(validating: sequence, as: UTF8.self) else { return nil }
    return text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
