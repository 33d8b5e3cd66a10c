// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// UTF-16 and UTF-32: text with NUL bytes in it.
enum WideText {
  /// So many bytes are looked at to tell which it is.
  private static let sampleSize = 4096
  /// In less, only the zero bytes of Latin letters tell.
  private static let enoughBytes = 48
  private static let leastMean = -8.0
  /// One character in so many may be none that text has.
  private static let oddCharacters = 50

  /// What bytes without a mark are, by which reading gives writing; nil when none does.
  static func detect(_ bytes: [UInt8]) -> Charset? {
    if bytes.count < enoughBytes { return latin(bytes) }
    var best: (charset: Charset, mean: Double)?
    for charset in Charset.wide {
      let unit = charset.name.hasPrefix("utf-32") ? 4 : 2
      guard bytes.count >= 2 * unit, bytes.count.isMultiple(of: unit) || bytes.count > 64,
        let converter = CharacterConverter(from: charset.converterName)
      else { continue }
      let converted = converter.convert(bytes.prefix(sampleSize))
      guard converted.malformed * oddCharacters * 4 <= bytes.prefix(sampleSize).count,
        looksLikeText(converted.text)
      else { continue }
      // Latin text says little of itself but that it is Latin.
      let score = EncodingDetector.score(converted)
      let ascii = converted.text.reduce(0.0) { $1 < 0x80 ? $0 + 1 : $0 }
      let mean = score.sum / max(1, score.count + ascii / 4)
      // UTF-32 read by halves is every other character a NUL, which is no text.
      if mean >= leastMean, best.map({ $0.mean < mean }) ?? true { best = (charset, mean) }
    }
    return best?.charset
  }

  /// UTF-16 by its zero bytes: nine in ten of one half of the bytes, none of the other.
  private static func latin(_ bytes: [UInt8]) -> Charset? {
    let units = bytes.count / 2
    guard units >= 2 else { return nil }
    let zeros = bytes.prefix(2 * units).enumerated().filter { $1 == 0 }
    let odd = zeros.filter { !$0.offset.isMultiple(of: 2) }.count
    if odd * 10 >= units * 9, zeros.count == odd { return Charset.wide[0] }
    if odd == 0, zeros.count * 10 >= units * 9 { return Charset.wide[1] }
    return nil
  }

  /// Whether there is hardly anything but letters, spaces and what stands between words.
  private static func looksLikeText(_ utf8: [UInt8]) -> Bool {
    // What a C program put behind the end is not looked at.
    guard let end = utf8.lastIndex(where: { $0 != 0 }) else { return false }
    var odd = 0
    var count = 0
    for scalar in String(decoding: utf8[...end], as: UTF8.self).unicodeScalars {
      count += 1
      switch scalar.properties.generalCategory {
      case .control: odd += scalar.properties.isWhitespace ? 0 : 1
      case .unassigned, .privateUse, .surrogate: odd += 1
      default: odd += scalar.value == 0xFFFD ? 1 : 0
      }
    }
    return odd * oddCharacters <= count
  }
}
