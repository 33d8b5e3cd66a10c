// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct PlaceOptionsTests {
  @Test func placesAreHandedOn() throws {
    let options = try PlaceOptions.parse(["--state-directory", "s", "--config", "c"])
    #expect(options.overrides.file == "c")
    #expect(options.overrides.values == ["state-directory": ["s"]])
  }

  @Test(arguments: [["--config", ""], ["--drop-directory", "x"]])
  func wrongUsageExitsWith64(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try PlaceOptions.parse(arguments) }
    guard let error else { return }
    #expect(PlaceOptions.exitCode(for: error).rawValue == 64)
  }
}
