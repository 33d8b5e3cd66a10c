// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion

/// `neardup-link join`
package struct JoinCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Carry all that is there, and end.",
    discussion: """
      For a host with many documents: its progress is shown, and it may be interrupted and run \
      again. What comes later the service carries. With --from-state the documents that the state \
      remembers are carried where the first parts of the log are gone; their matches are in those \
      parts alone.
      """)

  @OptionGroup package var options: LinkOptions

  @Flag(help: "Begin anew with what the state remembers, in place of the log.")
  package var fromState = false

  package init() {}

  package func run() async throws {
    do {
      let settings = try options.connection()
      let host = try options.hostName()
      let places = ResultPlaces(options.places)
      let fromState = fromState
      for warning in settings.warnings + places.warnings {
        StandardOutput.tell(warning, as: "neardup-link")
      }
      try await LinkProgram.blocking { patience in
        let database = try PostgresConnection(settings, patience)
        if fromState {
          try StateCopy(database, host: host, places, patience).run()
        }
        try Self.carry(database, host, places, patience)
        try FleetLoop.linkPresent(database)
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }

  private static func carry(
    _ database: PostgresConnection, _ host: HostName, _ places: ResultPlaces, _ patience: Patience
  ) throws {
    var session = try LinkSession(database, host: host, places, patience)
    var meter = JoinProgress()
    while try session.carryPresent({ meter.take($0) }) > 0 {}
    let entry = session.entry
    try StandardOutput.write(
      "host \(entry.name) has all records up to \(entry.sequence); \(meter.summary)\n".utf8)
  }
}
