// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon
@testable import Control
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationInForceTests {
  private func loaded(_ text: String) throws -> LoadedConfiguration {
    try ConfigurationLoader(
      environment: [:], workingDirectory: "/", readFile: { _ in Array(text.utf8) }
    ).load()
  }

  @Test func whatNeedsARestartKeepsItsValueAndItsOrigin() throws {
    let old = try loaded("[drop]\nsettle = \"1s\"\n")
    let new = try loaded("[drop]\n\nsettle = \"2s\"\nrecursive = false\n")
    let inForce = ConfigurationInForce(old)
    inForce.take(try old.configuration.reloaded(with: new.configuration), from: new)
    let settings = inForce.now.settings
    func setting(_ key: String) -> StatusReport.Setting? { settings.first { $0.key == key } }
    #expect(setting("drop.settle")?.value == "\"2s\"")
    #expect(setting("drop.settle")?.origin.hasSuffix(":3") == true)
    #expect(setting("drop.recursive")?.value == "true")
    #expect(setting("drop.recursive")?.origin == "default")
    #expect(settings.count == ConfigurationKey.all.count)
  }
}
