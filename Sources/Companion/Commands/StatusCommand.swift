// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup status`
package struct StatusCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what the running daemon does and how it does.",
    discussion: DaemonHelp.text(
      examples: ["neardup status", "neardup status --json | jq .queue"],
      ends: ["0  it runs, and this is its status"]))

  @OptionGroup package var places: CompanionOptions
  @Flag(help: "Print all of it as one JSON object.") package var json = false

  package init() {}

  package func run() throws { try DaemonCommands(places).status(json: json).finish() }
}
