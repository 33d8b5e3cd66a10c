// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

/// What no program writes, but somebody may drop: none may take more than time linear in its bytes.
@Suite(.timeLimit(.minutes(5)))
struct HostileTextTests {
  private static let size = 1 << 18

  /// What a text begins with, what follows again and again, and the name of its file.
  private static let kinds: [(start: String, unit: String, name: String)] = [
    (#"{"body": ""#, #"\n"#, "a.json"), (#"{"body": ""#, #"\""#, "a.json"),
    (#"{"body": ""#, #"\ud800"#, "a.json"), (#"{"a": [""#, #"word ", ""#, "a.json"),
    ("[", "[", "a.json"), ("{", #""a":{"#, "a.json"), ("{", #""title":"x","#, "a.json"),
    ("<?xml version=\"1.0\"?><a>", "&lt;", "a.xml"), ("<nitf><p>", "& ", "a.xml"),
    ("<nitf>", "<p>", "a.xml"), ("<nitf>", "<![CDATA[", "a.xml"), ("<rss>", "<item>", "a.xml"),
    ("<!DOCTYPE x [", "<!ENTITY a '&b;&b;'>", "a.xml"), ("<nitf ", "a='b' ", "a.xml"),
    ("<html><p>", "&amp;", "a.html"), ("<html><p>", "&", "a.html"), ("<html>", "<", "a.html"),
    ("<html>", "<!--", "a.html"), ("<html>", "<noscript>", "a.html"),
    ("<html>", "<script><!--<script>", "a.html"), ("<html>", "<title>", "a.html"),
    ("<html><pre>", "\r\n&", "a.html"), ("<html ", "a=\"", "a.html"),
    ("Subject: a\nDate: b\n\n", "=\n", "a.eml"), ("Subject: a\nDate: b\n\n", "> > ", "a.eml"),
    ("Subject: a\nDate: b\nContent-Transfer-Encoding: quoted-printable\n\n", "=E2", "a.eml"),
    ("Subject: a\nDate: b\nContent-Transfer-Encoding: quoted-printable\n\n", "= ", "a.eml"),
    ("Subject: a\nDate: b\nContent-Transfer-Encoding: base64\n\n", "Z\n", "a.eml"),
    ("Subject: a\nDate: b\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", "a.eml"),
    ("Subject: a\nDate: b\n", " folded\n", "a.eml"), ("Subject: ", "=?utf-8?Q?=?=", "a.eml"),
    ("{\\rtf1 ", "{", "a.rtf"), ("{\\rtf1 ", "\\u8220?", "a.rtf"), ("{\\rtf1 ", "\\'e4", "a.rtf"),
    ("---\n", "title: a\n", "a.md"), ("# a\n", "[", "a.md"), ("", "`", "a.md"), ("", "&#", "a.txt"),
    ("", "\u{C3}\u{A9}", "a.txt"), ("", "\u{1B}$B", "a.txt"),
  ]

  @Test("each kind comes to an end within seconds, unoptimised and beside others", arguments: kinds)
  func linear(_ kind: (start: String, unit: String, name: String)) {
    let text = kind.start + String(repeating: kind.unit, count: Self.size / kind.unit.utf8.count)
    let clock = ContinuousClock()
    var reader = DocumentReader()
    let time = clock.measure { _ = reader.read(Array(text.utf8), name: Array(kind.name.utf8)) }
    #expect(time < .seconds(20), "\(kind)")
  }
}
