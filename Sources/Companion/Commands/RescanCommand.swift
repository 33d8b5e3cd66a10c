// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Daemon

/// `neardup rescan`
package struct RescanCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rescan",
    abstract: "Have the running daemon compare the drop directories with its state now.")

  @OptionGroup package var places: PlaceOptions

  package init() {}

  package func run() throws { try DaemonCommands(places).rescan().finish() }
}
