// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct DecodedBytesTests {
  private static let text = """
    Der Zürcher Stadtrat hat am Dienstag beschlossen, die Brücke über die Limmat zu sperren – \
    „bis auf Weiteres“, wie es hieß. Café-Besitzer klagen über 20 € Einbuße pro Gast.
    """

  static func wide(_ text: String, bytes: Int, isBigEndian: Bool, mark: Bool) -> [UInt8] {
    let marked = (mark ? "\u{FEFF}" : "") + text
    let units = bytes == 2 ? marked.utf16.map(UInt32.init) : marked.unicodeScalars.map(\.value)
    return units.flatMap { unit in
      let little = (0..<bytes).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32($0))) }
      return isBigEndian ? little.reversed() : little
    }
  }

  @Test(arguments: LegacyText.all + [LegacyText(language: "all", text: text, encodings: [])])
  func wideTextIsReadWithAndWithoutMark(text: LegacyText) {
    let expected = ReadDocument.words(text.text)
    for bytes in [2, 4] {
      for isBigEndian in [false, true] {
        for mark in [true, false] {
          let wide = Self.wide(text.text, bytes: bytes, isBigEndian: isBigEndian, mark: mark)
          #expect(
            ReadDocument.tokens(wide) == expected, "\(8 * bytes) \(isBigEndian) \(mark)")
        }
      }
    }
  }

  /// Scripts that no listed language has are told by what stands together.
  @Test(arguments: [
    "ხიდი დაიხურა გამთენიისას, როდესაც ბრიგადამ აღმოაჩინა თითქმის ორი მეტრის სიგრძის ბზარი.",
    "មន្ត្រីបានបិទស្ពាននៅព្រឹកថ្ងៃព្រហស្បតិ៍ បន្ទាប់ពីក្រុមជួសជុលបានរកឃើញស្នាមប្រេះ។",
    "መሐንዲሶች ድልድዩን ለትራፊክ ዘጉት፣ የጥገና ቡድን ሁለት ሜትር የሚጠጋ ስንጥቅ ካገኘ በኋላ።",
    "பொறியாளர்கள் வியாழக்கிழமை விடியற்காலையில் பாலத்தை மூடினர், ஏனெனில் விரிசல் காணப்பட்டது.",
  ])
  func otherScriptsAreReadWithoutMark(text: String) {
    for isBigEndian in [false, true] {
      let wide = Self.wide(text, bytes: 2, isBigEndian: isBigEndian, mark: false)
      #expect(ReadDocument.tokens(wide) == ReadDocument.words(text))
    }
  }

  @Test func theSameTextInAnyEncodingIsTheSameTokens() {
    let expected = ReadDocument.words(Self.text)
    #expect(expected.count > 20)
    #expect(ReadDocument.tokens([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)) == expected)
    #expect(ReadDocument.tokens(LegacyText.bytes(Self.text, in: "CP1252")) == expected)
    let crlf = Self.text.replacing("\n", with: "\r\n")
    #expect(ReadDocument.tokens(crlf) == expected)
  }

  @Test func utf16MayHoldAnyScalar() {
    let text = "𝐀𝐁 東京 Привет 😀 한국"
    for isBigEndian in [false, true] {
      let bytes = Self.wide(text, bytes: 2, isBigEndian: isBigEndian, mark: true)
      #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text))
    }
  }

  @Test func unpairedSurrogatesAndHalvesSeparate() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x00, 0xD8, 0x62, 0, 0x63]
    #expect(ReadDocument.tokens(bytes) == ReadDocument.words("a b"))
  }

  /// UTF-8 that is damaged stays UTF-8.
  @Test func damagedUTF8IsReadAsUTF8() {
    let text = "Müller größer über Straße schön"
    let expected = ReadDocument.words(text)
    #expect(ReadDocument.tokens(Array(text.utf8) + [0x20, 0xFF]) == expected)
    #expect(ReadDocument.tokens(Array(text.utf8) + [0x20, 0xE2, 0x82]) == expected)
    #expect(ReadDocument.tokens(Array("é ".utf8) + [0xE2, 0x82]) == ReadDocument.words("é"))
    #expect(ReadDocument.text(Array(text.utf8) + [0xFF])?.description.encoding == nil)
  }

  @Test func nulsThatPadAreNoReasonToSkip() {
    let text = Array("Une fissure dans une poutre entraîne la fermeture du pont".utf8)
    let expected = ReadDocument.words("Une fissure dans une poutre entraîne la fermeture du pont")
    #expect(ReadDocument.tokens(text + [0]) == expected)
    #expect(ReadDocument.tokens(text + [UInt8](repeating: 0, count: 4096)) == expected)
    #expect(ReadDocument.tokens([0xEF, 0xBB, 0xBF] + text + [0, 0]) == expected)
    let padding = [UInt8](repeating: 0, count: 60)
    #expect(ReadDocument.tokens(text + padding + text + padding) == expected + expected)
    let legacy = LegacyText.bytes("мост закрыли из-за трещины в балке", in: "KOI8-R")
    let words = ReadDocument.words("мост закрыли из-за трещины в балке")
    #expect(ReadDocument.tokens(legacy + padding) == words)
  }

  @Test(
    arguments: [
      [0x61, 0x62, 0x00, 0x63],
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D],
      [0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x01] + [UInt8](repeating: 0, count: 200) + [0x03],
      [0x00], [UInt8](repeating: 0, count: 100),
    ] as [[UInt8]])
  func otherNulsMeanBinary(bytes: [UInt8]) {
    #expect(ReadDocument.skipped(bytes) == .binary)
  }

  @Test(arguments: ["", " ", " \r\n\t ", "\u{FEFF}", "\u{FEFF} \u{A0}\u{3000}\n"])
  func whiteSpaceIsEmpty(text: String) {
    #expect(ReadDocument.skipped(Array(text.utf8)) == .empty)
    #expect(
      ReadDocument.skipped(Self.wide(text, bytes: 2, isBigEndian: true, mark: true)) == .empty)
  }

  @Test func textWithoutWordsIsADocument() {
    #expect(ReadDocument.tokens("… — !") == [])
  }
}
