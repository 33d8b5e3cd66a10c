// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct DocumentDescriptionTests {
  @Test func staysWithin512Bytes() {
    let long = String(repeating: "語 ", count: 2_000)
    let said = DocumentDescription(
      title: long, published: "2026-11-29T11:30:01Z", source: long,
      language: "en-" + String(repeating: "x", count: 90), encoding: long)
    let fields = [said.title, said.published, said.source, said.language, said.encoding]
    #expect(fields.compactMap { $0?.utf8.count }.reduce(0, +) <= 512)
    #expect(said.title?.hasPrefix("語 語") == true)
  }

  @Test func isOneLineWithoutControls() {
    #expect(DocumentDescription(title: "\u{7} a\n\tb\u{1B}[0m ").title == "a b [0m")
    #expect(DocumentDescription(title: " \n ").title == nil)
  }

  @Test(
    arguments: [
      ("2026-11-29T12:30:00+01:00", "2026-11-29T11:30:00Z"),
      ("20261129T113001Z", "2026-11-29T11:30:01Z"), ("2026-11-29", "2026-11-29"),
      ("2026-11-29 11:30", "2026-11-29T11:30:00Z"),
      ("2026-11-29T11:30:00.123-0500", "2026-11-29T16:30:00Z"),
      ("Sun, 29 Nov 2026 23:31:00 -0100", "2026-11-30T00:31:00Z"),
      ("7 Jun 2026 13:33:02 +0200", "2026-06-07T11:33:02Z"),
      ("2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z"),
      ("2026-02-30", nil), ("yesterday", nil), ("", nil), ("1234567890", nil),
      ("0000-01-01", nil), ("9999-12-31T23:59:59-14:00", nil),
    ] as [(String, String?)])
  func timesAreNormalized(text: String, time: String?) {
    #expect(PublishedTime.normalized(text) == time)
  }

  @Test(
    arguments: [
      ("Two words\n\nA line that is one.\n", "A line that is one."),
      ("Мост через Корру закрыли\n\nтекст", "Мост через Корру закрыли"),
      ("12:30 | 4711\n", nil),
    ] as [(String, String?)])
  func theFirstSentenceIsTheTitleOfPlainText(text: String, title: String?) {
    #expect(ReadDocument.text(text)?.description.title == title)
  }

  @Test(
    arguments: [
      ("https://www.Courier.example:8080/a?b", "courier.example"),
      ("http://user@news.example#x", "news.example"), ("courier", nil), ("https://localhost/", nil),
      ("https://", nil),
    ] as [(String, String?)])
  func hostsAreToldFromAddresses(address: String, host: String?) {
    #expect(WebAddress.host(address) == host)
  }
}
