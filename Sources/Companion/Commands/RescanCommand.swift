// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup rescan`
package struct RescanCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rescan",
    abstract: "Have the running daemon compare the drop directories with its state now.",
    discussion: DaemonHelp.text(
      examples: ["neardup rescan"],
      ends: ["0  the scan was begun", "1  not while the daemon starts or runs with --once"]))

  @OptionGroup package var places: CompanionOptions
  @Flag(help: "Print the answer as one JSON object.") package var json = false

  package init() {}

  package func run() throws { try DaemonCommands(places).rescan(json: json).finish() }
}
