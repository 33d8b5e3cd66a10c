// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Companion
internal import Daemon
internal import Logging
internal import Systemd

/// `neardup-link run`, or without a command
package struct RunCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Carry records as they are made, until stopped.",
    discussion: """
      It goes on behind the last record that the database has of this host. Where the database is \
      down, slow, full or read-only it says so once, waits, and goes on; nothing is lost or \
      doubled. A host that is new is made; tables that are missing are made where that is allowed.
      """)

  @OptionGroup package var options: LinkOptions

  package init() {}

  package func run() async throws {
    let notifier = ServiceNotifier()
    let problems = RecentProblem()
    let (logger, flush) = LoggingSetup.logger(
      level: SharedLogLevel(.info), problems: problems, identifier: "neardup-link")
    defer { flush() }
    do {
      let loop = (
        settings: try options.connection(), host: try options.hostName(),
        places: ResultPlaces(options.places)
      )
      let watchdog = Heartbeat(notifier)
      let carried = CarriedHost()
      let fleet = FleetLoop(
        settings: loop.settings, carried: carried, log: options.fleetLogPath(),
        patience: try Patience(), logger: logger)
      try await fleet.beside {
        try await LinkProgram.blocking(
          heartbeat: { watchdog.beat() },
          stopping: {
            _ = notifier.stopping(status: "stopping")
            fleet.patience.stop()
          }
        ) { patience in
          let loop = LinkLoop(
            settings: loop.settings, host: loop.host, places: loop.places, patience: patience,
            notifier: notifier, logger: logger, carried: carried)
          try Self.carry(loop)
        }
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }

  private static func carry(_ loop: LinkLoop) throws {
    do {
      try loop.run()
      loop.logger.notice("stopped")
    } catch {
      let failure = LinkProgram.failure(error)
      _ = loop.notifier.status(failure.description)
      loop.logger.critical("cannot go on", metadata: ["neardupd.error": "\(failure.description)"])
      throw ExitCode(failure.status.rawValue)
    }
  }
}
