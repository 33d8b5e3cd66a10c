// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct HTMLReaderTests {
  private static func words(_ page: String) -> [UInt32]? {
    ReadDocument.tokens(page, name: "page.html")
  }

  @Test(arguments: [
    ("<p>one</p><p>two</p>", "one two"),
    ("<b>bo</b>ld <i>it</i>alic <a href='x'>li</a>nk <span>sp</span>an", "bold italic link span"),
    ("<title>The title</title><body>and body", "the title and body"),
    ("<title>a <b> in &amp; it</title>x", "a b in it x"),
    ("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>c", "a b c"),
    ("a<!-- no <p> -- > no -->b<!-->c<!doctype x>d<?php no ?>e", "abcde"),
    ("a<!-- no --!>b<!-- no -- no -->c<!--->d<!-- <!-- no -->e", "abcde"),
    ("<img alt=\"a > b\" src='c>d'>text", "text"), ("<p \u{1}x=\u{2}>text", "text"),
    ("<td>1<td>2<br>3<BR/>4<li>5", "1 2 3 4 5"),
    ("caf&eacute; caf&#233; caf&#xE9; caf&#XE9;", "café café café café"),
    ("A&amp;B &lt;x&gt; R&D AT&T; &nbsp;&unknown;z", "a, b, x, r d, at t unknown z"),
    ("can&rsquo;t can&#146;t can&apos;t", "cant cant cant"),
    ("&quotWe said &quota word&quot and caf&eacute it is", "we said a word and café it is"),
    ("&notit; &notin; &Ccaron;esk&yacute; &lstrok;&oacute;d&zacute;", "it Český łódź"),
    ("&copy 2024 &#0; &#xFFFFFFFFF; &#xD800; &# &", "2024"),
    ("2 < 3 </> 4 <5", "2 3 4 5"),
    ("co&shy;operate co<wbr>operate", "cooperate cooperate"),
    ("co-</p><p>operate", "co operate"),
    ("a<script>never closed", "a"), ("a<!-- never closed", "a"), ("a<p title='never closed>b", "a"),
    ("a<script><!-- w('<script>x</script>') --></script>b", "a b"),
    ("a<script><!-- x --></script>b<script><!-- x </script>c", "a b c"),
    ("a<script></scriptx></script >b", "a b"), ("a<noscript>on</noscript>b", "a b"),
    ("<noscript><p>Text that scripts fill in</noscript>", "text that scripts fill in"),
    ("a<", "a"), ("a</", "a"), ("a&", "a"), ("a&#", "a"), ("a<p", "a"),
    ("東<b>京</b>", "東 京"),
  ])
  func givesTheText(page: String, text: String) {
    #expect(Self.words(page) == ReadDocument.words(text))
  }

  @Test(arguments: [
    "<!DOCTYPE html><p>x", "\u{FEFF}\n <html lang=en><p>x", "<!-- c --><HTML><p>x",
    "<?xml version='1.0'?>\n<!doctype HTML PUBLIC><p>x",
  ])
  func isToldFromItsBeginning(page: String) {
    #expect(ReadDocument.tokens(page) == ReadDocument.words("x"))
  }

  @Test(arguments: ["<p>x", "text <html>", "x <!doctype html>", "<!-- c --> text", "<htm"])
  func otherTextIsPlain(text: String) {
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }

  @Test(arguments: [
    ("<p>one two three<p>four", "one two three\nfour"),
    ("<p>one\ntwo\r\nthree\u{C}four</p>five", "one two three four\nfive"),
    ("<ul><li>one two<li>three<b> four\n</b> five</ul>six", "one two\nthree four five\nsix"),
    ("one<br>two three<br/>four five", "one\ntwo three\nfour five"),
    ("one <a\nhref='x\ny'>two</a> three<!-- \n -->", "one two three"),
    (
      "one two\nthree<pre>four five\nsix</pre>seven\neight",
      "one two three\nfour five\nsix\nseven eight"
    ),
    ("one two<script>\n\n</script>three 7", "one two three 7"),
  ])
  func itsLinesAreItsBlocks(page: String, text: String) {
    var fingerprinter = Fingerprinter()
    guard case .document(let expected) = fingerprinter.fingerprint(Array(text.utf8)) else {
      Issue.record("not a document")
      return
    }
    #expect(ReadDocument.text(page, name: "page.html")?.fingerprint.traits == expected.traits)
  }

  @Test func isReadInOtherEncodings() {
    let page = "<!doctype html><p>été</p><p>là"
    let expected = ReadDocument.words("été là")
    let wide = DecodedBytesTests.wide(page, bytes: 2, isBigEndian: false, mark: true)
    #expect(ReadDocument.tokens(wide) == expected)
    #expect(ReadDocument.tokens(LegacyText.bytes(page, in: "CP1252")) == expected)
  }

  @Test(arguments: LegacyText.all)
  func whatItDeclaresItIsIn(text: LegacyText) {
    let short = String(text.text.prefix(30))
    for encoding in text.encodings {
      let page = "<html><head><meta charset='\(encoding)'><title>\(short)</title></html>"
      let read = ReadDocument.text(LegacyText.bytes(page, in: encoding))
      #expect(read?.fingerprint.tokens == ReadDocument.words(short), "\(encoding)")
    }
  }

  @Test func saysWhatItIs() {
    let page = """
      <!doctype html><html lang="en-GB"><head><title>Bridge shut | The Courier</title>
      <link rel="canonical" href="https://www.courier.example/news/1?x=y">
      <meta property="og:title" content="Bridge shut &amp; closed">
      <meta property="article:published_time" content="2026-11-29T12:30:00+01:00">
      </head><body><p>Engineers closed the bridge.</p></body></html>
      """
    let said = ReadDocument.text(page)?.description
    #expect(said?.title == "Bridge shut & closed")
    #expect(said?.published == "2026-11-29T11:30:00Z")
    #expect(said?.source == "courier.example")
    #expect(said?.language == "en-GB")
  }

  @Test func linkedDataSaysWhatItIs() {
    let data = """
      {"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge shut",\
      "datePublished":"2026-06-11","publisher":{"@type":"Organization","name":"The Wire"},\
      "articleBody":"Engineers closed the bridge to all traffic shortly before dawn."}
      """
    let script = "<script type='application/ld+json'>\(data)</script>"
    let page = "<html><title>x</title>\(script)<body><p>" + "A whole story stands here. "
    let whole = page + String(repeating: "It is much longer than the data. ", count: 5)
    let said = ReadDocument.text(whole)
    #expect(said?.description.title == "Bridge shut")
    #expect(said?.description.published == "2026-06-11")
    #expect(said?.description.source == "The Wire")
    let visible =
      "x A whole story stands here. "
      + String(repeating: "It is much longer than the data. ", count: 5)
    #expect(said?.fingerprint.tokens == ReadDocument.words(visible))
    // A page that scripts fill has its text in the data only.
    let empty = "<html><title>x</title>\(script)<body><div id=root></div>"
    #expect(
      ReadDocument.tokens(empty)
        == ReadDocument.words(
          "x Bridge shut Engineers closed the bridge to all traffic shortly before dawn."))
  }

  /// Whatever the input, reading ends, and gives UTF-8.
  @Test(arguments: UInt64(0)..<50)
  func readsAnything(seed: UInt64) {
    let fragments = [
      "<", ">", "<!--", "-->", "--!>", "<p", "</p>", "<script>", "</script", "=", "'", "\"", "&",
      "&#", "&#x", "9", "&lt", ";", "&thetasym;", "word", " ", "é", "<br/>", "/", "!", "\u{FFFD}",
      "<style>", "<noscript>", "</noscript>", "<title>", "<meta content=", "<time datetime=",
    ]
    var random = SeededGenerator(seed: seed)
    var page = ""
    for _ in 0..<300 { page += fragments.randomElement(using: &random) ?? "" }
    let read = HTMLReader.read(Array(page.utf8))
    #expect(String(validating: read.text, as: UTF8.self) != nil)
  }
}
