// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct HTMLTextTests {
  private static func words(_ page: String, format: TextFormat = .html) -> [UInt32] {
    var fingerprinter = Fingerprinter()
    guard
      case .document(let fingerprint) = fingerprinter.fingerprint(Array(page.utf8), format: format)
    else { return [] }
    return fingerprint.tokens
  }

  @Test(arguments: [
    ("<p>one</p><p>two</p>", "one two"),
    ("<b>bo</b>ld <i>it</i>alic <a href='x'>li</a>nk <span>sp</span>an", "bold italic link span"),
    ("<title>The title</title><body>and body", "the title and body"),
    ("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>c", "a b c"),
    ("a<!-- no <p> -- > no -->b<!-->c<!doctype x>d<?php no ?>e", "abcde"),
    ("<img alt=\"a > b\" src='c>d'>text", "text"),
    ("<td>1<td>2<br>3<BR/>4<li>5", "1, 2, 3, 4, 5"),
    ("caf&eacute; caf&#233; caf&#xE9; caf&#XE9;", "café café café café"),
    ("A&amp;B &lt;x&gt; R&D AT&T; &nbsp;&unknown;z", "a, b, x, r d at t unknown z"),
    ("can&rsquo;t can&#146;t can&apos;t", "cant cant cant"),
    ("&copy 2024 &#0; &#xFFFFFFFFF; &#xD800; &# &", "2024"),
    ("2 < 3 </> 4 <5", "2, 3, 4, 5"),
    ("co&shy;operate co<wbr>operate", "cooperate cooperate"),
    ("co-</p><p>operate", "co operate"),
    ("a<script>never closed", "a"), ("a<!-- never closed", "a"), ("a<p title='never closed>b", "a"),
    ("a<script></scriptx></script >b", "a b"), ("a<noscript>on</noscript>b", "a b"),
    ("a<", "a"), ("a</", "a"), ("a&", "a"), ("a&#", "a"), ("a<p", "a"),
    ("東<b>京</b>", "東 京"),
  ])
  func givesTheText(page: String, text: String) {
    #expect(Self.words(page) == ReferenceTokenizer.tokens(text))
  }

  @Test(arguments: [
    "<!DOCTYPE html><p>x", "\u{FEFF}\n <html lang=en><p>x", "<!-- c --><HTML><p>x",
    "<?xml version='1.0'?>\n<!doctype HTML PUBLIC><p>x",
  ])
  func isToldFromItsBeginning(page: String) {
    #expect(Self.words(page, format: .automatic) == ReferenceTokenizer.tokens("x"))
  }

  @Test func isReadInOtherEncodings() throws {
    let page = "<!doctype html><p>été</p><p>là"
    let expected = ReferenceTokenizer.tokens("été là")
    #expect(
      try TextEncodingTests.tokens(TextEncodingTests.utf16(page, isBigEndian: false)) == expected)
    #expect(try TextEncodingTests.tokens(TextEncodingTests.windows1252(page)) == expected)
  }

  @Test(arguments: ["<p>x", "text <html>", "x <!doctype html>", "<!-- c --> text", "<htm"])
  func otherTextIsPlain(text: String) {
    #expect(Self.words(text, format: .automatic) == ReferenceTokenizer.tokens(text))
    #expect(
      Self.words("<html>" + text, format: .plainText) == ReferenceTokenizer.tokens("html " + text))
  }

  @Test func nulInAPageMeansBinary() {
    var fingerprinter = Fingerprinter()
    let page = Array("<!doctype html><script>\0</script>".utf8)
    #expect(fingerprinter.fingerprint(page) == .binary(offset: 23))
  }

  /// Whatever the input, the text is no longer than it, and reading ends.
  @Test(arguments: UInt64(0)..<50)
  func staysWithinItsInput(seed: UInt64) {
    let fragments = [
      "<", ">", "<!--", "-->", "<p", "</p>", "<script>", "</script", "=", "'", "\"", "&", "&#",
      "&#x",
      "9", "&lt", ";", "&thetasym;", "word", " ", "é", "<br/>", "/", "!", "\u{FFFD}", "<style>",
    ]
    var random = SeededGenerator(seed: seed)
    var page = ""
    for _ in 0..<300 { page += fragments.randomElement(using: &random) ?? "" }
    var output = ReusableBuffer<UInt8>(capacity: 16)
    Array(page.utf8).withUnsafeBytes { HTMLText.extract(from: $0, into: &output) }
    #expect(output.count <= page.utf8.count)
    #expect(String(validating: output.elements, as: UTF8.self) != nil)
  }
}
