// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup reload`
package struct ReloadCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Have the running daemon read its configuration again.",
    discussion: DaemonHelp.text(
      examples: ["neardup reload --wait"],
      ends: [
        "0  reloaded (with --wait), or asked for",
        "1  the configuration was rejected and the old one is in force, or the daemon still starts",
      ]))

  @OptionGroup package var places: CompanionOptions
  @Flag(help: "Wait until it is done, and say what was applied.") package var wait = false
  @Flag(help: "With --wait: print what was applied as one JSON object.") package var json = false

  package init() {}

  package func validate() throws {
    if json, !wait { throw ValidationError("--json goes with --wait: else there is no answer.") }
  }

  package func run() throws {
    try DaemonCommands(places).reload(waits: wait, json: json).finish()
  }
}
