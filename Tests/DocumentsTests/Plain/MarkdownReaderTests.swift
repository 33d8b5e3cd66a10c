// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct MarkdownReaderTests {
  @Test func theFrontMatterSaysWhatItIs() {
    let document = """
      ---
      title: "Bridge shut: for good?"
      date: 2026-06-19
      layout: post
      lang: en
      ---

      # Bridge shut

      **Engineers** closed [the bridge](https://wire.example/1 "x") on _Thursday_. ![](a.png)
      """
    let read = ReadDocument.text(document, name: "post.txt")
    #expect(
      read?.fingerprint.tokens
        == ReadDocument.words("Bridge shut Engineers closed the bridge on Thursday."))
    #expect(read?.description.title == "Bridge shut: for good?")
    #expect(read?.description.published == "2026-06-19")
    #expect(read?.description.language == "en")
  }

  @Test func reStructuredTextIsText() {
    let document = """
      Bridge shut
      ===========

      :date: 2026-06-11
      :category: news

      Engineers closed the bridge.

      .. image:: a.png
      .. _home: /
      """
    let read = ReadDocument.text(document, name: "post.rst")
    #expect(
      read?.fingerprint.tokens == ReadDocument.words("Bridge shut Engineers closed the bridge."))
    #expect(read?.description.title == "Bridge shut")
    #expect(read?.description.published == "2026-06-11")
  }

  @Test(arguments: ["---\nA rule, then text\n---\n", "--- a dash begins it", "---\n---\n"])
  func otherTextIsPlain(text: String) {
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }
}
