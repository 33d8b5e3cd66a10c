// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The places of a daemon under test, of which some lie on a file system that will fail.
final class FaultPlaces: Sendable {
  let base: Workplace
  let drop: String
  let state: String
  let log: String

  /// What is not named is on the file system of the temporary directory.
  init(
    settings: [String: String] = [:], drop: String? = nil, state: String? = nil,
    log: String? = nil
  ) throws {
    base = try Workplace(settings: settings)
    self.drop = drop ?? base.drop
    self.state = state ?? base.state
    self.log = log ?? base.log
    for directory in [self.drop, self.state] { try FileSystem.makeDirectory(directory) }
    if let slash = self.log.lastIndex(of: "/") {
      try FileSystem.makeDirectory(String(self.log[..<slash]))
    }
  }

  func launch(
    _ options: [String] = [], environment: [String: String] = [:], launcher: [String] = []
  ) throws -> RunningDaemon {
    let places = [
      "--config", base.configuration, "--drop-directory", drop, "--state-directory", state,
      "--cluster-log", log,
    ]
    return try RunningDaemon(
      places + options, log: log, environment: environment, launcher: launcher, keeping: base)
  }

  func start(
    _ options: [String] = [], environment: [String: String] = [:], launcher: [String] = []
  ) throws -> RunningDaemon {
    let daemon = try launch(options, environment: environment, launcher: launcher)
    try daemon.waitUntilReady()
    return daemon
  }

  /// What tells `neardup` of them.
  var companionOptions: [String] {
    ["--config", base.configuration, "--state-directory", state, "--cluster-log", log]
  }

  /// Runs a command of `neardup` on these places.
  func neardup(_ words: String..., within seconds: Double = 30) throws -> ProgramRun {
    try neardup(words, within: seconds)
  }

  private func neardup(_ words: [String], within seconds: Double) throws -> ProgramRun {
    try ProgramRun(words + companionOptions, within: seconds)
  }

  /// After an erasure of these documents that may have been ended in its middle: all of them are
  /// gone, or none is and all can be forgotten now.
  func expectAllForgottenOrNone(_ names: [String]) throws {
    let removed = try ClusterLogLines(at: log).all.filter { $0.event == "removed" }
    let gone = Set(removed.map(\.path)).intersection(names)
    #expect(gone.isEmpty || gone == Set(names))
    let again = try neardup(["forget"] + names, within: 30)
    #expect(again.exitStatus == .exited(gone.isEmpty ? 0 : 1), "\(again.standardError)")
  }

  /// Starts one and does not wait.
  func beginNeardup(_ words: [String]) throws -> ChildProcess {
    try ChildProcess(
      BuiltProgram.companion.path, words + companionOptions, environment: DaemonBinary.environment)
  }

  func inDrop(_ relative: String) -> String { "\(drop)/\(relative)" }

  static func name(_ number: Int) -> String { "note-\(number).txt" }

  /// Writes notes into the drop directory, in place.
  func write(_ numbers: some Sequence<Int>) throws {
    for number in numbers {
      try FileSystem.write(Note.text(number), to: inDrop(Self.name(number)))
    }
  }

  /// Writes notes, of which each has its record before the next is there: a transaction for each.
  func writeOneByOne(_ numbers: some Sequence<Int>, to daemon: RunningDaemon) throws {
    for number in numbers {
      try write(CollectionOfOne(number))
      try waitForRecords(number + 1, of: daemon, within: 20)
    }
  }

  func waitForRecords(_ count: Int, of daemon: RunningDaemon, within seconds: Double) throws {
    var records = RecordCount(of: log)
    try records.wait(for: count, within: seconds) { daemon.standardError }
  }
}
