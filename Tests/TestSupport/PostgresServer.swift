// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A PostgreSQL server of a test's own: in a directory of its own, on a Unix socket there.
///
/// PostgreSQL refuses to run as root; then it runs as the user `postgres` of the Debian package.
package final class PostgresServer: Sendable {
  private let directory: TemporaryDirectory
  private let data: String

  /// The newest server that is installed; nil where there is none.
  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = ((try? FileSystem.names(in: root)) ?? []).compactMap { Int($0) }.sorted()
    return versions.reversed().map { "\(root)/\($0)/bin" }
      .first { access("\($0)/postgres", X_OK) == 0 }
  }()

  /// Whether a test can have a server.
  package static let isPossible =
    programs != nil && (geteuid() != 0 || getpwnam("postgres") != nil)
    && access("/usr/bin/psql", X_OK) == 0

  /// Makes and starts it.
  ///
  /// - Parameter settings: lines for postgresql.conf.
  package init(settings: [String] = []) throws {
    directory = try TemporaryDirectory()
    data = directory.path("data")
    if geteuid() == 0, let user = getpwnam("postgres") {
      guard chown(directory.path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
        throw SystemCallFailure("chown", directory.path)
      }
    }
    try run(
      "initdb", ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"])
    let lines = [
      "listen_addresses = ''", "unix_socket_directories = '\(directory.path)'",
      // Crashes are of processes here, not of the machine.
      "fsync = off",
    ]
    try FileSystem.append(
      ((lines + settings).joined(separator: "\n") + "\n").utf8, to: "\(data)/postgresql.conf")
    try start()
    try sql("CREATE DATABASE neardup", database: "postgres")
  }

  deinit { _ = try? run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]) }

  /// For `neardup-link --database`.
  package func connection(user: String = "postgres") -> String {
    "host=\(directory.path) dbname=neardup user=\(user)"
  }

  package func start() throws {
    try run("pg_ctl", ["-D", data, "-l", directory.path("server.log"), "-w", "-t", "60", "start"])
  }

  /// - Parameter mode: smart, fast or immediate, pg_ctl(1).
  package func stop(_ mode: String = "fast") throws {
    try run("pg_ctl", ["-D", data, "-m", mode, "-w", "-t", "60", "stop"])
  }

  /// Kills the postmaster, and starts it again as soon as all that it had started has gone.
  package func crash() throws {
    let text = String(decoding: try FileSystem.read("\(data)/postmaster.pid"), as: UTF8.self)
    guard let process = text.split(separator: "\n").first.flatMap({ Int32($0) }) else { return }
    kill(process, SIGKILL)
    let deadline = MonotonicDeadline(seconds: 20)
    while !deadline.hasPassed {
      // It starts once nobody uses its shared memory any more.
      if (try? start()) != nil { return }
    }
    throw Overdue("the end of the server", 20, found: text)
  }

  /// Changes settings that a reload applies.
  package func set(_ settings: String...) throws {
    for setting in settings { try sql("ALTER SYSTEM SET \(setting)") }
    try sql("SELECT pg_reload_conf()")
  }

  /// Runs a statement and answers its rows, fields parted by "|".
  @discardableResult
  package func sql(
    _ statement: String, database: String = "neardup", user: String = "postgres"
  ) throws -> String {
    let process = try ChildProcess(
      "/usr/bin/psql",
      [
        "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", directory.path, "-U", user, "-d", database,
        "-c", statement,
      ], environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
    let status = try process.waitForExit(within: 60)
    guard status == .exited(0) else { throw Refused(said: process.standardError) }
    var text = process.standardOutput
    if text.last == "\n" { text.removeLast() }
    return text
  }

  /// Asks until the answer is what is wanted.
  package func wait(
    for wanted: String, of statement: String, within seconds: Double = 20
  ) throws {
    let deadline = MonotonicDeadline(seconds: seconds)
    var found = ""
    repeat {
      found = (try? sql(statement)) ?? "refused"
      if found == wanted { return }
    } while !deadline.hasPassed
    throw Overdue("\(wanted) of \(statement)", seconds, found: found)
  }

  package struct Refused: Error, CustomStringConvertible {
    package let said: String
    package var description: String { said }
  }

  @discardableResult
  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let path = "\(Self.programs ?? "")/\(program)"
    let command =
      geteuid() == 0
      ? ["/usr/sbin/runuser", "-u", "postgres", "--", path] + arguments : [path] + arguments
    // The server that pg_ctl leaves behind would keep the descriptor by which the end of a child is
    // known.
    let process = try ChildProcess(
      "/bin/sh", ["-c", "exec \"$@\" 3>&-", "sh"] + command,
      environment: ["PATH": "/usr/sbin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
    let status = try process.waitForExit(within: 120)
    guard status == .exited(0) else {
      throw Refused(said: "\(program): \(process.standardOutput)\(process.standardError)")
    }
    return process.standardOutput
  }
}
