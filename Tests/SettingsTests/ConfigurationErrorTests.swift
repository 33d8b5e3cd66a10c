// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationErrorTests {
  @Test func saysWhereWhatWhyAndWhatToDo() {
    var error = ConfigurationError(
      .file("neardupd.toml", line: 12), key: "drop.settel", "unknown key",
      remedy: "did you mean drop.settle?")
    #expect(
      error.description
        == "neardupd.toml:12: drop.settel: unknown key; did you mean drop.settle?")
    #expect(error.file == "neardupd.toml")
    #expect(error.line == 12)
    error.further = [ConfigurationError(.default, key: "log.path", "is wrong")]
    #expect(error.description.hasSuffix("\nlog.path: is wrong"))
  }

  @Test(arguments: [
    (ConfigurationOrigin.option("--config"), "option --config"),
    (.environment("NEARDUPD_X"), "environment NEARDUPD_X"), (.file("a", line: nil), "a"),
    (.file("a", line: 3), "a:3"), (.systemd("STATE_DIRECTORY"), "systemd STATE_DIRECTORY"),
    (.default, "default"),
  ])
  func originsReadWell(origin: ConfigurationOrigin, text: String) {
    #expect(origin.description == text)
  }
}
