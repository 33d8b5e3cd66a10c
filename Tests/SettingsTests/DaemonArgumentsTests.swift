// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DaemonArgumentsTests {
  @Test func nothingGivenOverridesNothing() throws {
    let options = try DaemonOptions.parse([])
    #expect(options.overrides == ConfigurationOverrides())
    #expect(!options.once)
    #expect(!options.checkConfig)
  }

  @Test func everyOptionIsHandedOn() throws {
    let options = try DaemonOptions.parse([
      "--config", "c.toml", "--drop-directory", "a", "--drop-directory=b", "--state-directory",
      "s", "--cluster-log", "l", "--once", "--check-config", "--log-level", "debug",
    ])
    #expect(options.once)
    #expect(options.checkConfig)
    #expect(options.overrides.file == "c.toml")
    #expect(
      options.overrides.values == [
        "drop-directory": ["a", "b"], "state-directory": ["s"], "cluster-log": ["l"],
        "log-level": ["debug"],
      ])
  }

  @Test(arguments: [
    ["--frobnicate"], ["surplus"], ["--config"], ["--drop-directory", "a", "b"],
    ["--log-level", "loud"], ["--drop-directory", ""], ["--config", ""],
    ["--state-directory", ""], ["--cluster-log="], ["--once=yes"],
  ])
  func wrongUsageExitsWith64(arguments: [String]) {
    let error = #expect(throws: (any Error).self) { try DaemonOptions.parse(arguments) }
    guard let error else { return }
    #expect(DaemonOptions.exitCode(for: error).rawValue == 64)
    #expect(!DaemonOptions.message(for: error).isEmpty)
  }

  @Test func helpNamesEveryOptionWithExamples() {
    let help = Command.helpMessage(columns: 80)
    let options = ConfigurationKey.all.compactMap(\.option) + ["config", "once", "check-config"]
    for option in options {
      #expect(help.contains("--\(option)"), "\(option)")
    }
    #expect(help.contains("EXAMPLES:"))
    #expect(help.contains("neardupd --check-config"))
  }

  /// The command as the executable declares it.
  private struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "neardupd", abstract: DaemonOptions.abstract,
      discussion: DaemonOptions.discussion, version: "0")
    @OptionGroup var options: DaemonOptions
  }
}
