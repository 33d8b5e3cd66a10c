// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify

/// How the link waits: for a socket, for the log, or for a while, always ready to be stopped, and
/// telling the service manager that it is alive.
package final class Patience: Sendable {
  /// Nothing is waited for longer than this at a time, so that the manager hears of the link.
  private static let slice = Duration.seconds(5)

  private let pipe: WakeUpPipe
  private let heartbeat: @Sendable () -> Void

  /// - Parameter heartbeat: called before each wait, at least every five seconds.
  package init(heartbeat: @escaping @Sendable () -> Void = {}) throws {
    pipe = try WakeUpPipe()
    self.heartbeat = heartbeat
  }

  /// Ends all waiting, now and later; from any thread.
  package func stop() { pipe.wakeUp.signal() }

  /// Readable once the link is to stop.
  package var descriptor: Int32 { pipe.readDescriptor }

  package var isStopped: Bool {
    var readiness = Readiness()
    readiness.watch(descriptor, for: .readable)
    return ((try? readiness.wait(timeout: .zero)) ?? 0) > 0
  }

  package func beat() { heartbeat() }

  /// Waits for a socket.
  ///
  /// - Returns: False when the time is up.
  func wait(
    for socket: Int32, _ events: Readiness.Events, until deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> Bool {
    var readiness = Readiness()
    readiness.watch(descriptor, for: .readable)
    readiness.watch(socket, for: events)
    while true {
      beat()
      let rest = ContinuousClock.now.duration(to: deadline)
      if rest <= .zero { return false }
      do {
        try readiness.wait(timeout: min(rest, Self.slice))
      } catch {
        throw PostgresError(.unavailable, "\(error)")
      }
      if !readiness.events(of: descriptor).isEmpty { throw .stopped }
      if !readiness.events(of: socket).isEmpty { return true }
    }
  }

  /// Waits for a while.
  ///
  /// - Returns: False when the link is to stop.
  package func pause(_ duration: Duration) -> Bool {
    let deadline = ContinuousClock.now + duration
    var readiness = Readiness()
    readiness.watch(descriptor, for: .readable)
    while true {
      beat()
      let rest = ContinuousClock.now.duration(to: deadline)
      if rest <= .zero { return true }
      guard let ready = try? readiness.wait(timeout: min(rest, Self.slice)) else { return false }
      if ready > 0 { return false }
    }
  }
}
