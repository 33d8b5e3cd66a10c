// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Daemon
internal import Logging
internal import Synchronization

/// The link's other task, on a connection of its own: links clusters of all hosts while no other
/// link does, and writes `fleet.jsonl`.
struct FleetLoop {
  /// Who does not link asks so often whether it may.
  private static let asking = Duration.seconds(2)

  let settings: ConnectionSettings
  /// Whose `fleet.jsonl` is written.
  let carried: CarriedHost
  /// Where the records of the fleet go; nil for nowhere.
  let log: [UInt8]?
  let patience: Patience
  let logger: Logger

  /// Runs beside what is to be done, and ends with it.
  func beside(_ body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: BlockingExecutor()) { run() }
      defer { patience.stop() }
      try await body()
    }
  }

  /// Until it is told to stop.
  func run() {
    var backoff = Backoff()
    var outage = Outage()
    while !patience.isStopped {
      do {
        try session(&backoff, &outage)
      } catch let error as PostgresError where error.kind == .stopped {
        return
      } catch {
        tell(error, &outage)
      }
      guard patience.pause(backoff.wait(chance: Double.random(in: 0...1))) else { return }
    }
  }

  /// Links all that waits, unless another link does that anyway.
  static func linkPresent(_ database: PostgresConnection) throws {
    guard var linker = try FleetLinker(database) else { return }
    while try linker.step() > 0 {}
  }

  private func tell(_ error: any Error, _ outage: inout Outage) {
    let known = error as? PostgresError ?? PostgresError(.refused, "\(error)")
    guard outage.failed(known) else { return }
    logger.warning(
      "waiting to link clusters; what hosts decide waits in the database meanwhile",
      metadata: ["neardupd.error": .string("\(known)")])
  }

  /// The host's `fleet.jsonl`; nil where there is to be none, or where it cannot be written now:
  /// clusters are linked all the same.
  private func openLog(
    _ database: PostgresConnection, _ entry: HostEntry
  ) throws -> FleetLogFile? {
    guard let log else { return nil }
    do {
      return try FleetLogFile(database, host: entry.host, path: log)
    } catch let error as ClusterLogError {
      logger.warning(
        "the records of the fleet are not written on this host",
        metadata: ["neardupd.error": .string("\(error)")])
      return nil
    }
  }

  private func session(_ backoff: inout Backoff, _ outage: inout Outage) throws {
    // The other task makes the tables and the host; this one follows.
    guard let entry = carried.entry else { return }
    let database = try PostgresConnection(settings, patience)
    guard try LinkSchema.versionFound(database) == LinkSchema.version else { return }
    try database.run("LISTEN \(FleetOffer.channel)")
    var linker: FleetLinker?
    let file = try openLog(database, entry)
    while !patience.isStopped {
      if linker == nil, let made = try FleetLinker(database) {
        linker = made
        logger.notice("linking clusters of all hosts")
      }
      while try linker?.step() ?? 0 > 0 {
        _ = try file?.advance()
        if patience.isStopped { throw PostgresError.stopped }
      }
      _ = try file?.advance()
      if let attempts = outage.ended() {
        logger.notice("clusters are linked again", metadata: ["neardupd.attempts": "\(attempts)"])
      }
      backoff.reset()
      _ = try database.waitForNotification(linker == nil ? Self.asking : .seconds(5))
    }
  }
}

/// The host that a link carries, as soon as it is known.
final class CarriedHost: Sendable {
  private let known = Mutex<HostEntry?>(nil)

  var entry: HostEntry? { known.withLock { $0 } }

  func set(_ entry: HostEntry) { known.withLock { $0 = entry } }
}
