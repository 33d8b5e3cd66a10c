// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct EncodingDetectorTests {
  @Test(arguments: LegacyText.all)
  func aTextIsTheSameInTheEncodingsOfItsArchives(text: LegacyText) {
    let expected = ReadDocument.words(text.text)
    for encoding in text.encodings {
      let bytes = LegacyText.bytes(text.text, in: encoding)
      #expect(!bytes.isEmpty, "\(encoding) has no such text")
      let read = ReadDocument.text(bytes)
      #expect(read?.fingerprint.tokens == expected, "\(encoding)")
      #expect(read?.description.encoding != nil, "\(encoding)")
    }
  }

  /// As in tables and headlines: a hundred bytes are enough.
  @Test(arguments: LegacyText.all)
  func aShortTextIsToldAsWell(text: LegacyText) {
    let short = String(text.text.prefix(text.text.utf8.count > 2 * text.text.count ? 60 : 110))
    for encoding in text.encodings {
      let bytes = LegacyText.bytes(short, in: encoding)
      #expect(ReadDocument.tokens(bytes) == ReadDocument.words(short), "\(encoding)")
    }
  }

  @Test func aFewAccentsAreWindows1252() {
    #expect(ReadDocument.tokens([0x63, 0x61, 0x66, 0xE9]) == ReadDocument.words("café"))
    let text = "A 20\u{A0}€ note – “genuine” – isn’t enough for the naïve curator’s café."
    let bytes = LegacyText.bytes(text, in: "CP1252")
    #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text))
    #expect(ReadDocument.text(bytes)?.description.encoding == "windows-1252")
  }

  @Test func tonesAreBytesBehindTheirLetters() {
    let text = """
      Hội đồng thành phố hôm thứ Tư đã thông qua nghị quyết về việc cải tạo bến cảng. \
      Theo thị trưởng, công việc sẽ bắt đầu trước mùa đông và chi phí không vượt quá \
      chín triệu đồng. Tuy nhiên một phần cư dân lo ngại rằng tiếng ồn và đường vòng \
      sẽ gây khó khăn cho cuộc sống của cả khu phố.
      """
    let bytes = LegacyText.bytes(text, in: "CP1258")
    #expect(bytes.contains(0xEC), "an acute accent")
    #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text))
    #expect(ReadDocument.text(bytes)?.description.encoding == "windows-1258")
  }

  @Test func bytesThatNoEncodingMakesWordsOfAreNoDocument() {
    var random = SeededGenerator(seed: 5)
    let bytes = (0..<4_000).map { _ in UInt8.random(in: 0x20...0xFF, using: &random) }
    #expect(ReadDocument.skipped(bytes) == .undecodable)
    let upper = (0..<4_000).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
    #expect(ReadDocument.skipped(upper) == .undecodable)
  }

  @Test func iso2022IsNoPlainText() {
    let text = "橋が閉鎖された。技術者たちは亀裂を見つけた。"
    let bytes = LegacyText.bytes(text, in: "ISO-2022-JP")
    #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text))
    #expect(ReadDocument.text(bytes)?.description.encoding == "iso-2022-jp")
  }

  @Test func iso2022KoreanIsNoPlainText() {
    let text = "다리가 폐쇄되었다. 기술자들이 균열을 발견했다."
    let bytes = LegacyText.bytes(text, in: "ISO-2022-KR")
    #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text))
  }

  @Test func terminalColoursAreNoEncoding() {
    let text = "\u{1B}[1mbold\u{1B}[0m and plain words"
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }
}
