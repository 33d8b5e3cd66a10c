// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser
internal import Companion
internal import Daemon
internal import Glibc
internal import Systemd
internal import UnixSignals

/// The program `neardup-link`.
package enum LinkProgram {
  package static func run() async {
    // A server that goes away must not end the link, nor a parent that ignores its children.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGCHLD, SIG_DFL)
    await LinkCommand.main()
  }

  /// Runs what blocks on a thread of its own until it is done, or a signal ends it.
  ///
  /// - Parameter heartbeat: called while it waits.
  static func blocking(
    heartbeat: @escaping @Sendable () -> Void = {},
    stopping: @escaping @Sendable () -> Void = {},
    _ body: @escaping @Sendable (Patience) throws -> Void
  ) async throws {
    let patience = try Patience(heartbeat: heartbeat)
    let stops = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let signals = Task {
      for await _ in stops {
        stopping()
        patience.stop()
      }
    }
    defer { signals.cancel() }
    do {
      try await withTaskExecutorPreference(BlockingExecutor()) { try body(patience) }
    } catch let status as ExitCode {
      // All was said.
      throw status
    } catch {
      try finish(error)
    }
  }

  /// Does something with a host that the database knows, while no other link is at work for it.
  static func withKnownHost(
    _ options: LinkOptions,
    _ body: @escaping @Sendable (HostEntry, PostgresConnection) throws -> Void
  ) async throws {
    do {
      let settings = try options.connection()
      let host = try options.hostName()
      try await blocking { patience in
        let database = try PostgresConnection(settings, patience)
        try LinkSchema.require(database)
        guard let entry = try HostEntry.find(host.name, database) else {
          throw LinkFailure(
            .configuration,
            "the database has no host \(TerminalText.safe(host.name)); neardup-link hosts lists "
              + "those it has")
        }
        try LinkSession.lock(entry, database, patience)
        try body(entry, database)
      }
    } catch let failure as LinkFailure {
      try finish(failure)
    }
  }

  /// Says what was wrong, and ends with the status for it.
  static func finish(_ error: any Error) throws {
    let failure = failure(error)
    StandardOutput.tell(failure.description, as: "neardup-link")
    throw ExitCode(failure.status.rawValue)
  }

  static func failure(_ error: any Error) -> LinkFailure {
    switch error {
    case let error as LinkFailure: error
    case let error as PostgresError where error.kind == .stopped:
      LinkFailure(.unavailable, "stopped before it was done; run it again to go on")
    case let error as PostgresError: LinkFailure(.unavailable, "the database: \(error)")
    default: LinkFailure(.inputOutput, "\(error)")
    }
  }
}
