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
      try await LinkProgram.blocking(
        heartbeat: { watchdog.beat() },
        stopping: { _ = notifier.stopping(status: "stopping") }
      ) { patience in
        do {
          try LinkLoop(
            settings: loop.settings, host: loop.host, places: loop.places, patience: patience,
            notifier: notifier, logger: logger
          ).run()
          logger.notice("stopped")
        } catch {
          let failure = LinkProgram.failure(error)
          _ = notifier.status(failure.description)
          logger.critical("cannot go on", metadata: ["neardupd.error": "\(failure.description)"])
          throw ExitCode(failure.status.rawValue)
        }
      }
    } catch let failure as LinkFailure {
      try LinkProgram.finish(failure)
    }
  }
}
