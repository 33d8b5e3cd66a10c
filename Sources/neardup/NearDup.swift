// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import ClusterLog
import Companion
import Daemon
import Glibc

@main
struct NearDup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neardup", abstract: "Look at what neardupd found, and at how it does.",
    version: Version.current,
    subcommands: [Status.self, Reload.self, Rescan.self, Schema.self])

  /// Prints what a command has to say and ends as it wants to.
  static func finish(_ outcome: CommandOutcome) throws {
    print(outcome.output, terminator: "")
    for message in outcome.messages {
      let line = Array("neardup: \(message)\n".utf8)
      _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
    if outcome.exitStatus != 0 { throw ExitCode(outcome.exitStatus) }
  }
}

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the running daemon does and how it does.",
    discussion: """
      EXIT STATUS:
        0  it runs, and this is its status
        3  no daemon runs on that state directory
        4  there is one, and it cannot be asked
      """)

  @OptionGroup var places: PlaceOptions
  @Flag(help: "Print all of it as one JSON object.") var json = false

  func run() throws { try NearDup.finish(DaemonCommands(places).status(json: json)) }
}

struct Reload: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have the running daemon read its configuration again.",
    discussion: """
      EXIT STATUS:
        0  reloaded (with --wait), or asked for
        1  the configuration was rejected and the old one is in force
        3  no daemon runs on that state directory
        4  there is one, and it cannot be asked
      """)

  @OptionGroup var places: PlaceOptions
  @Flag(help: "Wait until it is done, and say what was applied.") var wait = false

  func run() throws { try NearDup.finish(DaemonCommands(places).reload(waits: wait)) }
}

struct Rescan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Have the running daemon compare the drop directories with its state now.")

  @OptionGroup var places: PlaceOptions

  func run() throws { try NearDup.finish(DaemonCommands(places).rescan()) }
}

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of the cluster log's lines.",
    discussion: """
      EXAMPLE:
        neardup schema > cluster-log.schema.json
      """)

  func run() {
    print(ClusterLogSchema.jsonSchema)
  }
}
