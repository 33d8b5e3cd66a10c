// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct JSONReaderTests {
  @Test(arguments: [
    (
      #"{"id":7,"title":"Bridge shut","lead":"Engineers closed it.","body":"Engineers closed it.\n"#
        + #"\nIt \"may\" reopen \u2013 \u043c\u043e\u0441\u0442 \ud83d\ude00."}"#,
      "Bridge shut Engineers closed it. It may reopen – мост"
    ),
    (
      #"{"headline":"Bridge shut","copyright":"All rights reserved by us all","body":"#
        + #"["Engineers closed it.","It may reopen."],"tags":["news"]}"#,
      "Bridge shut Engineers closed it. It may reopen."
    ),
    (
      #"{"headline":{"main":"Bridge shut"},"content":[{"type":"paragraph","id":"x1","text":"#
        + #""Engineers closed it."},{"type":"paragraph","text":"It may reopen."}]}"#,
      "Bridge shut Engineers closed it. It may reopen."
    ),
    (
      #"{"title":"Shut","body_html":"<p>Engineers clo<b>sed</b> it.</p>","body":"Engineers "#
        + #"closed it."}"#,
      "Shut Engineers closed it."
    ),
    (
      #"{"title":"Shut","description":"Engineers closed the bridge on Thursday."}"#,
      "Shut Engineers closed the bridge on Thursday."
    ),
    (
      #"{"a":{"x":"A sentence that nobody named is text."},"kind":"value","n":[1,true,null]}"#,
      "A sentence that nobody named is text."
    ),
    (
      #"[{"title":"One","text":"The first of the texts."},{"title":"Two","text":"The second."}]"#,
      "One The first of the texts. Two The second."
    ),
    (
      #"{"title":"One","text":"The first of the texts."}"# + "\n"
        + #"{"title":"Two","text":"And the second."}"#,
      "One The first of the texts. Two And the second."
    ),
  ])
  func givesTheText(document: String, text: String) {
    #expect(ReadDocument.tokens(document) == ReadDocument.words(text))
  }

  @Test func saysWhatItIs() {
    let read = ReadDocument.text(
      """
      {"url": "https://www.courier.example/news/1", "source": {"id": "courier", "name": "The \
      Courier", "lang": "en"}, "published_at": "2026-11-29T11:01:00Z", "title": "Bridge shut", \
      "body": "Engineers closed the bridge."}
      """)
    #expect(read?.description.title == "Bridge shut")
    #expect(read?.description.published == "2026-11-29T11:01:00Z")
    #expect(read?.description.source == "courier.example")
    #expect(read?.description.language == "en")
  }

  @Test(arguments: [
    "[1] Smith, J. (2001) On bridges", "{curly} braces are text", "[Photo: a bridge] It was shut",
    #"["He said"] and so on, for long enough to be text"#, "{", "[",
  ])
  func otherTextIsPlain(text: String) {
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }

  @Test func whatBreaksOffIsReadSoFar() {
    #expect(
      ReadDocument.tokens(#"{"title":"Bridge shut","body":"Engineers closed it.","more":{"#)
        == ReadDocument.words("Bridge shut Engineers closed it."))
  }

  @Test func nestingCostsNoStack() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: #"{"a":"#, count: 100_000)
    #expect(
      ReadDocument.tokens(deep + #""some words of a sentence""#)
        == ReadDocument.words("some words of a sentence"))
  }
}
