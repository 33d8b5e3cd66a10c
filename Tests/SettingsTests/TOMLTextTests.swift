// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct TOMLTextTests {
  @Test(arguments: [
    "", "plain", "a \"quoted\" word", #"back\slash"#, "tab\tnewline\nreturn\r", "\u{1}\u{1F}\u{7F}",
    "é日本🗞", "\u{85}", "# not a comment", "e\u{301}", "\r\n",
  ])
  func quotedTextReadsBackAsItself(text: String) throws {
    let toml = "key = \(TOMLText.quoted(text))\nlist = \(TOMLText.list([text, "x"]))"
    #expect(!toml.dropFirst(4).prefix { $0 != "\n" }.isEmpty)
    let document = try TOMLDocument(Array(toml.utf8), name: "t")
    #expect(document.leaves[["key"]] == .value(.string(text)))
    #expect(document.leaves[["list"]] == .value(.stringArray([text, "x"])))
  }
}
