// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct UnicodeTableTests {
  private let table = UnicodeTable.shared

  /// The generator's digest is over the mapping itself, not over its encoding.
  @Test func holdsWhatTheGeneratorSaw() {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for point in UInt32(0)..<0x110000 {
      for (kind, combiningClass, scalar) in table.output(of: point) {
        let isSyllable = kind == .syllable
        let values = [
          point, UInt32(isSyllable ? ScalarClass.letter.rawValue : kind.rawValue),
          UInt32(combiningClass), scalar,
        ]
        for value in values {
          digest = (digest ^ UInt64(value)) &* 0x100_0000_01B3
        }
      }
    }
    #expect(digest == UnicodeData.digest)
  }

  @Test func sharesItsBlocks() {
    #expect(table.blocks.count == 0x110000 / 128)
    #expect(table.entries.count * 4 < 200_000)
  }

  @Test(
    arguments: [
      ("A", "a"), ("É", "e"), ("ﬁ", "fi"), ("ß", "ss"), ("Σ", "σ"), ("ς", "σ"), ("Ａ", "a"),
      ("ﾊ", "ハ"), ("Ⅷ", "viii"), ("²", "2"), ("Å", "a"), ("ŉ", "n"), ("ﷺ", nil),
      ("İ", "i"), ("ı", "i"), ("ł", "l"), ("Ø", "o"), ("æ", "a"), ("đ", "d"), ("þ", "th"),
      ("ё", "е"),
      ("ΐ", "ι"), ("ᾳ", "α"), ("أ", "ا"), ("ى", "ي"), ("ک", "ك"), ("ة", "ه"), ("שּׁ", "ש"),
      ("ײַ", "יי"), ("٣", "3"),
      ("৭", "7"), ("が", "か\u{3099}"), ("\u{958}", "क\u{93C}"),
    ] as [(String, String?)])
  func foldsAndDecomposes(source: String, expected: String?) throws {
    let scalar = try #require(source.unicodeScalars.first)
    let output = table.output(of: scalar.value)
    if let expected {
      #expect(output.map(\.2) == expected.unicodeScalars.map(\.value))
    } else {
      #expect(output.count == 18)
    }
  }

  @Test(
    arguments: [
      (0x20, .separator), (0x61, .letter), (0x39, .digit), (0x301, .dropped), (0x93C, .mark),
      (0x640, .dropped), (0x5B8, .dropped), (0x64E, .dropped),
      (0x3099, .mark), (0xF40, .letter), (0x6F22, .solo),
      (0xAD, .dropped), (0x2019, .dropped), (0xAC00, .syllable), (0xFB01, .expansion),
      (0x5F, .separator), (0x1F600, .separator), (0xFFFD, .separator), (0xE01, .solo),
      (0x10FFFF, .separator), (0xD800, .separator), (0x30FC, .solo), (0x3007, .solo),
    ] as [(UInt32, ScalarClass)])
  func classifies(point: UInt32, expected: ScalarClass) {
    #expect(table.entry(point).scalarClass == expected)
  }

  @Test func foldedScalarsStayAsTheyAre() {
    for point in UInt32(0)..<0x110000 {
      for (kind, combiningClass, scalar) in table.output(of: point)
      where kind != .separator && kind != .dropped && kind != .syllable {
        let again = table.output(of: scalar)
        guard again.count == 1, again[0] == (kind, combiningClass, scalar) else {
          Issue.record("U+\(String(point, radix: 16)) is not folded to the end")
          return
        }
      }
    }
  }
}
