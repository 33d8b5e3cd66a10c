// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(5)))
struct ValueSyntaxProgramsTests {
  @Test func aCommandIsWords() throws {
    let scene = ConfigurationScene(
      toml: """
        [extract]
        pdf = "  mutool   draw -F txt - "
        word = ""
        others = ["*.djvu: djvutxt /dev/stdin", "a:b*: /opt/c"]
        """)
    let extract = try scene.load().configuration.extract
    #expect(extract.pdf == ["mutool", "draw", "-F", "txt", "-"])
    #expect(extract.word == [])
    #expect(extract.others.map(\.pattern.text) == ["*.djvu", "a:b*"])
    #expect(extract.others.map(\.command) == [["djvutxt", "/dev/stdin"], ["/opt/c"]])
  }

  @Test(arguments: [
    ("pdf = \"bin/a\"", "neither a name nor a path"), ("pdf = 3", "expected a command"),
    ("others = [\"*.a b\"]", "expected a list"), ("others = [\"*.a: \"]", "expected a list"),
    ("others = [\"[a: b\"]", "has a [ without its ]"),
    ("others = [\"*.a: b/c\"]", "neither a name nor a path"),
  ])
  func whatIsWrongIsNamed(line: String, reason: String) throws {
    let error = try #require(ConfigurationScene(toml: "[extract]\n\(line)").failure())
    #expect(error.description.contains(reason), "\(error.description)")
    #expect(error.line == 2)
  }
}
