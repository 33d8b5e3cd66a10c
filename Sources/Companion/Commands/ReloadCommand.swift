// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Daemon

/// `neardup reload`
package struct ReloadCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Have the running daemon read its configuration again.",
    discussion: """
      EXIT STATUS:
        0  reloaded (with --wait), or asked for
        1  the configuration was rejected and the old one is in force
        3  no daemon runs on that state directory
        4  there is one, and it cannot be asked
      """)

  @OptionGroup package var places: PlaceOptions
  @Flag(help: "Wait until it is done, and say what was applied.") package var wait = false

  package init() {}

  package func run() throws { try DaemonCommands(places).reload(waits: wait).finish() }
}
