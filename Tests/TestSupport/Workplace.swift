// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A drop directory, a state directory, a cluster log and a configuration of a test's own.
package final class Workplace: Sendable {
  private let root: TemporaryDirectory

  package var drop: String { root.path("drop") }
  package var state: String { root.path("state") }
  package var log: String { root.path("log/clusters.jsonl") }
  package var configuration: String { root.path("neardupd.toml") }
  /// On the same file system as the drop directory and not watched: where files come from.
  package var outside: String { root.path("outside") }

  /// Makes the places; `settings` is TOML to put under the table it names, such as "drop".
  package init(settings: [String: String] = [:]) throws {
    root = try TemporaryDirectory()
    for name in ["drop", "state", "log", "outside", "staging"] { _ = try root.makeDirectory(name) }
    try configure(settings)
  }

  /// Writes the configuration anew. Settling is short unless the test says otherwise.
  package func configure(_ settings: [String: String]) throws {
    var tables = ["drop": "recursive = true"]
    if settings["drop"]?.contains("settle") != true { tables["drop"]! += "\nsettle = \"100ms\"" }
    for (table, text) in settings { tables[table, default: ""] += "\n\(text)" }
    let text = tables.sorted { $0.key < $1.key }.map { "[\($0.key)]\n\($0.value)\n" }
    try FileSystem.write(text.joined(separator: "\n").utf8, to: configuration)
  }

  /// The options that name these places to the daemon.
  package var options: [String] { ["--drop-directory", drop] + companionOptions }

  /// Those that name them to `neardup`.
  package var companionOptions: [String] {
    ["--config", configuration, "--state-directory", state, "--cluster-log", log]
  }

  package func path(_ relative: String) -> String { root.path(relative) }
  package func inDrop(_ relative: String) -> String { "\(drop)/\(relative)" }

  /// Writes a file straight into the drop directory, in place, and makes directories for it.
  package func write(_ text: some Sequence<UInt8>, to relative: String) throws {
    if let slash = relative.lastIndex(of: "/") {
      try FileSystem.makeDirectory(inDrop(String(relative[..<slash])))
    }
    try FileSystem.write(text, to: inDrop(relative))
  }

  /// Writes a file elsewhere and renames it into the drop directory: ready at once.
  package func deliver(_ text: some Sequence<UInt8>, as relative: String) throws {
    let staged = path("staging/next")
    try FileSystem.write(text, to: staged)
    try FileSystem.waitUntilNotWritten(staged)
    try FileSystem.rename(staged, to: inDrop(relative))
  }

  package func lines() throws -> ClusterLogLines { try ClusterLogLines(at: log) }

  /// Starts the daemon on these places and waits until it is ready.
  package func start(
    _ more: [String] = [], environment: [String: String] = [:], launcher: [String] = []
  ) throws -> RunningDaemon {
    let daemon = try launch(more, environment: environment, launcher: launcher)
    try daemon.waitUntilReady()
    return daemon
  }

  /// Starts the daemon on these places and does not wait.
  package func launch(
    _ more: [String] = [], environment: [String: String] = [:], launcher: [String] = []
  ) throws -> RunningDaemon {
    try RunningDaemon(
      options + more, log: log, environment: environment, launcher: launcher, keeping: self)
  }

  /// Runs the daemon with `--once`, and answers how it ended.
  package func runOnce(_ more: [String] = [], within seconds: Double = 15) throws -> ExitStatus {
    try launch(["--once"] + more).waitForExit(within: seconds)
  }

  /// Runs a command of `neardup` on these places.
  package func neardup(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try neardup(arguments, environment: environment)
  }

  /// The same with the command and its arguments in a list.
  package func neardup(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(arguments + companionOptions, environment: environment)
  }
}
