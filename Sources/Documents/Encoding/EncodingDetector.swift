// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Finds out what bytes that are no UTF-8 are written in: the reading that looks most like writing.
///
/// Each encoding is tried on the part where the bytes are that it decides on, and what comes out is
/// held against `LetterModel`. A hundred letters nearly always tell.
struct EncodingDetector: Sendable {
  static let shared = EncodingDetector()

  /// So many bytes from the first one that is not ASCII are tried.
  private static let sampleSize = 2048
  /// Where few of those are not ASCII, more are looked at, no more than these.
  private static let longestSample = 1 << 15
  private static let enoughUpperBytes = 160

  /// What is declared is right unless it reads much worse, in bits a step.
  private static let trustInDeclared = 2.0
  /// What is declared, or else Windows-1252, has ahead of the others, in bits: with a few bytes to
  /// decide on, chance would.
  private static let prior = 24.0
  private static let meanOfNothing = -20.0
  private static let leastMean = -9.5
  /// The same where most of the text is decided on, so that accents are not a few among much.
  private static let leastMeanOfDense = -7.75
  private static let leastSteps = 24.0

  struct Finding: Equatable, Sendable {
    var charset: Charset
    /// Whether what comes out looks like writing.
    var isPlausible: Bool
  }

  /// The scalars of the bytes from 0x80 on, for each single-byte encoding that the library has.
  private let tables: [(charset: Charset, scalars: [UInt32])]

  private init() {
    let upper = (0x80...0xFF).map { UInt8($0) }
    tables = Charset.singleByte.compactMap { charset in
      guard let converter = CharacterConverter(from: charset.converterName) else { return nil }
      let scalars = upper.map { byte in
        let text = converter.convert([byte]).text
        return String(decoding: text, as: UTF8.self).unicodeScalars.first?.value ?? 0xFFFD
      }
      return (charset, scalars)
    }
  }

  /// - Parameter declared: What the document says it is in.
  func detect(_ bytes: [UInt8], declared: Charset? = nil) -> Finding {
    let sample = Self.sample(bytes)
    let upperBytes = sample.reduce(0) { $1 >= 0x80 ? $0 + 1 : $0 }
    guard upperBytes > 0 else { return Finding(charset: declared ?? .utf8, isPlausible: true) }
    var best: (charset: Charset, mean: Double, rank: Double, steps: Double)?
    func consider(_ charset: Charset, _ score: LetterModel.Score) {
      // What makes nothing of the bytes is not it.
      let mean = score.count == 0 ? Self.meanOfNothing : score.mean
      var rank = mean
      if charset == declared { rank += Self.trustInDeclared }
      if charset == declared ?? .windows1252 { rank += Self.prior / max(score.count, 4) }
      if let best, best.rank >= rank { return }
      best = (charset, mean, rank, score.count)
    }
    for table in tables {
      let scalars = table.scalars
      consider(
        table.charset,
        LetterModel.shared.score(
          sample.lazy.map { $0 < 0x80 ? UInt32($0) : scalars[Int($0) - 0x80] }))
    }
    var others = Charset.multiByte
    if bytes.count.isMultiple(of: 2) { others += Charset.wide.prefix(2) }
    if let declared, declared != .utf8, !others.contains(declared),
      !Charset.singleByte.contains(declared)
    {
      others.append(declared)
    }
    for charset in others {
      guard let converter = CharacterConverter(from: charset.converterName) else { continue }
      let isWide = charset.name.hasPrefix("utf-16")
      let part = isWide ? bytes.prefix(Self.sampleSize) : sample
      consider(charset, Self.score(converter.convert(part)))
    }
    guard let best else { return Finding(charset: .windows1252, isPlausible: false) }
    let isDense = upperBytes * 4 > sample.count
    let least = isDense ? Self.leastMeanOfDense : Self.leastMean
    return Finding(
      charset: best.charset, isPlausible: best.steps < Self.leastSteps || best.mean >= least)
  }

  /// How UTF-8 looks.
  static func score(_ converted: (text: [UInt8], malformed: Int)) -> LetterModel.Score {
    LetterModel.shared.score(
      String(decoding: converted.text, as: UTF8.self).unicodeScalars.lazy.map(\.value))
  }

  /// From the first byte that is not ASCII, where a character begins.
  private static func sample(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    guard let start = bytes.firstIndex(where: { $0 >= 0x80 }) else { return [] }
    // The letters before it are the beginning of its word.
    let word = bytes[..<start].lastIndex { !($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) }
    let first = word.map { $0 + 1 } ?? 0
    var end = first
    var upperBytes = 0
    while end < bytes.count {
      if end - first >= sampleSize, upperBytes >= enoughUpperBytes || end - first >= longestSample {
        break
      }
      if bytes[end] >= 0x80 { upperBytes += 1 }
      end += 1
    }
    return bytes[first..<end]
  }
}
