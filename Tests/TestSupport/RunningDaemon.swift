// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The real daemon as a process of a test, with a service manager's socket of its own.
///
/// It is killed when the object goes. Every wait has a deadline and fails with what the daemon
/// has said so far.
package final class RunningDaemon: Sendable {
  private let process: ChildProcess
  private let socket: NotifySocket
  private let directory: TemporaryDirectory
  private let log: String
  /// Let go after the process is killed, so that nothing is removed under a running daemon.
  private let places: Workplace?

  /// Starts it, or another program that is a service. The environment is PATH, NOTIFY_SOCKET and
  /// what is given: nothing is inherited.
  package init(
    _ arguments: [String], log: String, environment: [String: String] = [:],
    launcher: [String] = [], program: String = DaemonBinary.path,
    keeping places: Workplace? = nil
  ) throws {
    self.places = places
    directory = try TemporaryDirectory()
    socket = try NotifySocket(at: directory.path("notify"))
    self.log = log
    var variables = DaemonBinary.environment
    variables["NOTIFY_SOCKET"] = socket.path
    variables.merge(environment) { $1 }
    let command = launcher + [program] + arguments
    process = try ChildProcess(
      command[0], Array(command.dropFirst()), environment: variables)
  }

  package var processID: Int32 { process.processID }
  package var standardError: String { process.standardError }
  package var standardOutput: String { process.standardOutput }
  package var messages: [NotifyMessage] { socket.messages }

  /// The texts of all STATUS= messages so far.
  package var statuses: [String] { messages.compactMap { $0["STATUS"] } }

  package func send(_ signal: Int32) { process.send(signal) }

  package func waitUntilReady(within seconds: Double = 15) throws {
    _ = try waitForMessage("READY=1", within: seconds) { $0.isReady }
  }

  /// Waits for a message from number `after` on; answers it and the number after it.
  @discardableResult
  package func waitForMessage(
    _ awaited: String, after: Int = 0, within seconds: Double = 10,
    _ fits: (NotifyMessage) -> Bool
  ) throws -> (message: NotifyMessage, next: Int) {
    try explained {
      try socket.waitForMessage(awaited, after: after, within: seconds, fits)
    }
  }

  /// Waits for a STATUS= in which the text occurs.
  @discardableResult
  package func waitForStatus(
    containing text: String, after: Int = 0, within seconds: Double = 10
  ) throws -> String {
    let found = try waitForMessage("STATUS with \(text)", after: after, within: seconds) {
      $0["STATUS"]?.contains(text) ?? false
    }
    return found.message["STATUS"] ?? ""
  }

  /// Waits until the log has records for that many content versions.
  @discardableResult
  package func waitForRecords(
    _ count: Int, within seconds: Double = 10
  ) throws -> ClusterLogLines {
    try waitForLog("\(count) assigned or skipped", within: seconds) { $0.decided >= count }
  }

  /// Waits until the log says what is awaited.
  @discardableResult
  package func waitForLog(
    _ awaited: String, within seconds: Double = 10, _ fits: (ClusterLogLines) -> Bool
  ) throws -> ClusterLogLines {
    try explained {
      try ClusterLogLines.wait(awaited, at: log, within: seconds, until: fits)
    }
  }

  package func waitForExit(within seconds: Double = 10) throws -> ExitStatus {
    try process.waitForExit(within: seconds)
  }

  /// Stops it as a service manager does: SIGTERM, then waits for the end.
  @discardableResult
  package func stop(within seconds: Double = 15) throws -> ExitStatus {
    send(SIGTERM)
    return try waitForExit(within: seconds)
  }

  /// Ends it as a power cut would: SIGKILL, then waits for the end.
  package func killHard() throws {
    send(SIGKILL)
    _ = try waitForExit(within: 5)
  }

  private func explained<Value>(_ wait: () throws -> Value) throws -> Value {
    do {
      return try wait()
    } catch let overdue as Overdue {
      let ending = process.exitStatus.map { "\($0)" } ?? "still running"
      throw Overdue.explained(overdue, by: "daemon \(ending), stderr: \(standardError)")
    }
  }
}
