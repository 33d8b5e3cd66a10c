// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct LetterWindowTests {
  /// Words of a sentence in each script, as they are written: without spaces.
  static let sentences: [[String]] = [
    ["สภา", "ท่าเรือ", "ลงมติ", "เมื่อ", "วัน", "พฤหัสบดี"],
    ["ສະພາ", "ທ່າເຮືອ", "ລົງມະຕິ", "ໃນ", "ວັນພະຫັດ"],
    ["ក្រុមប្រឹក្សា", "កំពង់ផែ", "បាន", "សម្រេច", "កាលពី", "ថ្ងៃ"],
    ["ဆိပ်ကမ်း", "ကောင်စီသည်", "ကြာသပတေး", "နေ့တွင်", "ဆုံးဖြတ်ခဲ့သည်"],
  ]

  @Test(arguments: sentences, [" ", "\u{200B}", "\n", "\r\n", "\n\n", "\u{2060}", ", ", "“"])
  func whatStandsBetweenDoesNotMatter(words: [String], separator: String) {
    let text = TokenizerTests.tokens(words.joined())
    #expect(TokenizerTests.tokens(words.joined(separator: separator)) == text)
  }

  @Test(arguments: sentences)
  func aTokenIsOfFourLetters(words: [String]) {
    let text = TokenizerTests.tokens(words.joined())
    let others = TokenizerTests.tokens(words.reversed().joined() + words.joined())
    #expect(text.count > 12)
    // Only the first three know what was before them.
    #expect(others.suffix(text.count - 3) == text.suffix(text.count - 3))
    #expect(Set(others.suffix(text.count).prefix(3)).isDisjoint(with: text.prefix(3)))
    #expect(Set(text).count >= text.count - 2)
  }

  @Test func markedLettersAreOther() {
    let (plain, marked) = (TokenizerTests.tokens("กาขาคา"), TokenizerTests.tokens("ก่าขาคา"))
    #expect(Set(plain.prefix(4)).isDisjoint(with: marked.prefix(4)))
    #expect(plain.suffix(2) == marked.suffix(2))
  }

  @Test(arguments: ["東京都", "タワー", "ꀀꀁꀂ"])
  func hanAndKanaAreCharactersOfTheirOwn(text: String) {
    #expect(TokenizerTests.tokens(text) == text.flatMap { TokenizerTests.tokens(String($0)) })
  }
}
