// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion
internal import Logging
internal import Systemd

/// `neardup-link run`: sessions one after the other, with waits between those that end.
struct LinkLoop {
  let settings: ConnectionSettings
  let host: HostName
  let places: ResultPlaces
  let patience: Patience
  let notifier: ServiceNotifier
  let logger: Logger
  let carried: CarriedHost

  /// Until it is told to stop; what only somebody can mend is thrown.
  func run() throws {
    var backoff = Backoff()
    var outage = Outage()
    var told = Told()
    for warning in settings.warnings + places.warnings {
      logger.warning("configuration", metadata: ["neardupd.warning": .string(warning)])
    }
    while !patience.isStopped {
      do {
        try session(&backoff, &outage, &told)
        return
      } catch let error as PostgresError {
        if error.kind == .stopped { return }
        tell(error, &outage, &told)
      } catch let error as ClusterLogError {
        // A part went away while it was read, or the file system does not answer: try again.
        tell(PostgresError(.refused, "\(error)"), &outage, &told)
      }
      let chance = Double.random(in: 0...1)
      guard patience.pause(backoff.wait(chance: chance)) else { return }
    }
  }

  /// What was said so far, so that nothing is said again and again.
  private struct Told {
    var isReady = false
    var records = 0
    var lastStatus: ContinuousClock.Instant?
  }

  private func session(
    _ backoff: inout Backoff, _ outage: inout Outage, _ told: inout Told
  ) throws {
    let database = try PostgresConnection(settings, patience)
    var session = try LinkSession(database, host: host, places, patience)
    if let attempts = outage.ended() {
      logger.notice(
        "the database takes records again", metadata: ["neardupd.attempts": "\(attempts)"])
    }
    let began = session.entry
    carried.set(began)
    logger.notice(
      "carrying records",
      metadata: [
        "neardupd.host": .string(began.name), "neardupd.after": "\(began.sequence)",
        "neardupd.server": .string(settings.server),
      ])
    var now = told
    ready("host \(began.name): record \(began.sequence) is carried", &now)
    defer { told = now }
    repeat {
      let carried = try session.carryPresent { progress in
        now.records += progress.records
        status("host \(progress.host): record \(progress.sequence) is carried", &now)
      }
      if carried > 0 { backoff.reset() }
    } while try session.wait()
  }

  private func ready(_ text: String, _ told: inout Told) {
    if told.isReady {
      _ = notifier.status(text)
    } else {
      told.isReady = true
      _ = notifier.ready(status: text)
    }
  }

  /// At most once a second.
  private func status(_ text: String, _ told: inout Told) {
    let now = ContinuousClock.now
    if let last = told.lastStatus, last.duration(to: now) < .seconds(1) { return }
    told.lastStatus = now
    _ = notifier.status(text)
  }

  private func tell(_ error: PostgresError, _ outage: inout Outage, _ told: inout Told) {
    ready("waiting for \(settings.server): \(error)", &told)
    guard outage.failed(error) else { return }
    logger.warning(
      "waiting for the database; records stay where they are meanwhile",
      metadata: [
        "neardupd.server": .string(settings.server), "neardupd.error": .string("\(error)"),
      ])
  }
}
