// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TextEncodingTests {
  private static let text = """
    Der Zürcher Stadtrat hat am Dienstag beschlossen, die Brücke über die Limmat zu sperren – \
    „bis auf Weiteres“, wie es hieß. Café-Besitzer klagen über 20 € Einbuße pro Gast.
    """

  static func utf16(_ text: String, isBigEndian: Bool, marked: Bool = true) -> [UInt8] {
    ((marked ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
  }

  static func windows1252(_ text: String) throws -> [UInt8] {
    try text.unicodeScalars.map { scalar in
      try #require(
        (UInt8.min...UInt8.max).first {
          TextTranscoder.scalar(windows1252: $0) == scalar.value
        })
    }
  }

  static func tokens(_ bytes: [UInt8]) throws -> [UInt32] {
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(bytes) else {
      throw NotADocument()
    }
    return fingerprint.tokens
  }

  private struct NotADocument: Error {}

  @Test func theSameTextInAnyEncodingIsTheSameTokens() throws {
    let expected = ReferenceTokenizer.tokens(Self.text)
    #expect(expected.count > 20)
    #expect(try Self.tokens(Array(Self.text.utf8)) == expected)
    #expect(try Self.tokens([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8)) == expected)
    for isBigEndian in [false, true] {
      #expect(try Self.tokens(Self.utf16(Self.text, isBigEndian: isBigEndian)) == expected)
      let unmarked = Self.utf16(Self.text, isBigEndian: isBigEndian, marked: false)
      #expect(try Self.tokens(unmarked) == expected)
    }
    #expect(try Self.tokens(Self.windows1252(Self.text)) == expected)
    let crlf = Self.text.replacing("\n", with: "\r\n")
    #expect(try Self.tokens(Array(crlf.utf8)) == expected)
  }

  @Test func utf16MayHoldAnyScalar() throws {
    let text = "𝐀𝐁 東京 Привет 😀 한국"
    for isBigEndian in [false, true] {
      let tokens = try Self.tokens(Self.utf16(text, isBigEndian: isBigEndian))
      #expect(tokens == ReferenceTokenizer.tokens(text))
    }
  }

  @Test func unpairedSurrogatesAndHalvesSeparate() throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x00, 0xD8, 0x62, 0, 0x63]
    #expect(try Self.tokens(bytes) == ReferenceTokenizer.tokens("a b"))
  }

  /// UTF-8 that is damaged stays UTF-8.
  @Test func damagedUTF8IsReadAsUTF8() throws {
    let bytes = Array("Müller größer über Straße schön".utf8)
    let expected = ReferenceTokenizer.tokens("Müller größer über Straße schön")
    #expect(try Self.tokens(bytes + [0x20, 0xFF]) == expected)
    #expect(try Self.tokens(bytes + [0x20, 0xE2, 0x82]) == expected)
    #expect(try Self.tokens(Array("é ".utf8) + [0xE2, 0x82]) == ReferenceTokenizer.tokens("é"))
  }

  /// What is not UTF-8 is Windows-1252, though a few pairs may look like UTF-8.
  @Test func theRestIsWindows1252() throws {
    #expect(try Self.tokens([0x63, 0x61, 0x66, 0xE9]) == ReferenceTokenizer.tokens("café"))
    let pair = try Self.windows1252("Ã© été à l\u{2019}été")
    #expect(try Self.tokens(pair) == ReferenceTokenizer.tokens("Ã© été à l’été"))
    let undefined: [UInt8] = [0x61, 0x81, 0x62, 0x8D, 0x63, 0xE9, 0x9D]
    #expect(try Self.tokens(undefined) == ReferenceTokenizer.tokens("a b cé"))
  }

  @Test(
    arguments: [
      ([0x61, 0x62, 0x00, 0x63], 2),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D], 8),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x00], 4),
      ([0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00], 2),
      ([0x00], 0),
    ] as [([UInt8], Int)])
  func nulMeansBinary(bytes: [UInt8], offset: Int) {
    var fingerprinter = Fingerprinter()
    #expect(fingerprinter.fingerprint(bytes) == .binary(offset: offset))
  }

  @Test func nulFarIntoTheTextIsFound() {
    var fingerprinter = Fingerprinter()
    var bytes = [UInt8](repeating: 0x61, count: 10_000)
    bytes[9_999] = 0
    #expect(fingerprinter.fingerprint(bytes) == .binary(offset: 9_999))
  }

  @Test(arguments: [
    "", " ", " \r\n\t ", "\u{FEFF}", "\u{FEFF} \u{A0}\u{3000}\n",
  ])
  func whiteSpaceIsEmpty(text: String) {
    var fingerprinter = Fingerprinter()
    #expect(fingerprinter.fingerprint(Array(text.utf8)) == .empty)
    #expect(fingerprinter.fingerprint(Self.utf16(text, isBigEndian: true)) == .empty)
  }

  @Test func textWithoutWordsIsADocument() throws {
    #expect(try Self.tokens(Array("… — !".utf8)).isEmpty)
  }
}
