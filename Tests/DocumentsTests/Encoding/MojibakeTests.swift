// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct MojibakeTests {
  /// As Latin-1 reads bytes.
  private static func misread(_ text: String) -> String {
    String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
  }

  @Test(arguments: LegacyText.all)
  func textThatWasReadAsLatin1IsPutRight(text: LegacyText) {
    let once = Self.misread(text.text)
    #expect(ReadDocument.tokens(once) == ReadDocument.words(text.text))
    #expect(ReadDocument.tokens(Self.misread(once)) == ReadDocument.words(text.text))
  }

  @Test func textThatWasReadAsWindows1252IsPutRight() {
    let text = "Les ingénieurs ont fermé le pont à l’aube – « jusqu’à nouvel ordre »."
    let misread = text.replacing("é", with: "Ã©").replacing("à", with: "Ã\u{A0}")
      .replacing("’", with: "â€™").replacing("–", with: "â€“").replacing("«", with: "Â«")
      .replacing("»", with: "Â»")
    #expect(ReadDocument.tokens(misread) == ReadDocument.words(text))
  }

  /// What Windows-1252 has no character for became U+FFFD; the likeliest letter is put there.
  @Test func lostBytesAreGuessed() {
    #expect(ReadDocument.tokens("ÐœÐ¾Ñ�Ñ‚ Ñ‡ÐµÑ€ÐµÐ·") == ReadDocument.words("Мост через"))
  }

  @Test func lostBytesOfJapaneseAreGuessed() {
    // Each "あ" is E3 81 82, of which Windows-1252 has no 81.
    let misread = "ã�‚ã�‹ã�„"
    #expect(ReadDocument.tokens(misread) == ReadDocument.words("あかい"))
  }

  @Test func textThatWasReadAsWindows1251IsPutRight() {
    #expect(
      ReadDocument.tokens("РњРѕСЃС‚ Р·Р°РєСЂС‹Р»Рё") == ReadDocument.words("Мост закрыли"))
  }

  @Test(
    arguments: LegacyText.all.map(\.text) + [
      "Ã© été à l\u{2019}été", "NÃO É SÃO", "Le prix : 20 Â", "l’été’» dit-il à Évry, né à Été",
      "ВЁРСТКА «СЁЛА» № 5", "Â is a letter, and so is Ð.",
    ])
  func otherTextIsLeftAlone(text: String) {
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }
}
