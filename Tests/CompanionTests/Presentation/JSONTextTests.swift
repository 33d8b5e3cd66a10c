// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct JSONTextTests {
  @Test("controls that JSON allows and terminals obey are escaped")
  func controls() throws {
    let text = try JSONText.pretty(["a": "\u{9B}31m\u{7F}é\n"])
    #expect(text.contains(#""\u009b31m\u007fé\n""#))
    #expect(text.hasSuffix("}\n"))
  }

  @Test("a name that is not UTF-8 has its bytes too")
  func names() throws {
    let line = String(decoding: try JSONText.line(NamedPath([0x63, 0xE9])), as: UTF8.self)
    #expect(line == #"{"path":"c\#u{FFFD}","path_b64":"Y+k="}"#)
  }
}
