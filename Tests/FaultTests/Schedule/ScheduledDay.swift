// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// A day of a daemon's life, drawn at random from a seed: what comes into its drop directory, and
/// what goes wrong meanwhile. Its wall clock goes a quarter of an hour a step.
///
/// All that is drawn depends on the seed alone; how far the daemon has come by then does not.
final class ScheduledDay {
  static let hours = 24
  private static let stepSeconds = 900
  static var steps: Int { hours * 3_600 / stepSeconds }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let places: FaultPlaces
  let room: SmallFileSystem
  var random: SeededGenerator
  var settings: ScheduledSettings
  var parts: LogParts
  var daemon: RunningDaemon?
  /// What is wrong at the moment, and until which step.
  var faults: [Fault: Int] = [:]
  /// What the clock is ahead by beside the steps, in seconds.
  var clockError = 0
  /// Of its jumps by more than a day there is one a day: after two of them in a row no reader of
  /// the log could tell which was right.
  let farJump: Int
  var asks: [ChildProcess] = []
  private(set) var step = 0
  private(set) var said: [String] = []
  private var drop: ScheduledDrop
  private let clock: ShiftedClock
  private let target: TemporaryDirectory

  /// Faults that last for some steps.
  enum Fault: Hashable, CaseIterable { case stopped, down, full, away, clock, unheard }

  init(seed: Int) throws {
    random = SeededGenerator(seed: UInt64(seed))
    settings = ScheduledSettings(&random)
    farJump = [20 * 86_400, 365 * 86_400].randomElement(using: &random) ?? 0
    room = try SmallFileSystem(kilobytes: 24_000)
    target = try TemporaryDirectory()
    clock = try ShiftedClock()
    places = try FaultPlaces(
      state: room.path("state"), log: room.path("log/clusters.jsonl"))
    parts = LogParts(places.log)
    drop = ScheduledDrop(places, seed: seed)
    try configure()
  }

  /// Lives it; answers what became of it, after a last look with the daemon stopped.
  func run() throws -> RecordAudit {
    try start()
    while step < Self.steps {
      step += 1
      try clock.set(step * Self.stepSeconds + clockError)
      if !faults.keys.contains(.away) {
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          note(try drop.act(&random, filesStay: !settings.moves))
        }
        try drop.letGo(&random)
      }
      poll(nil, 0, Int32.random(in: 0...15, using: &random))
      for fault in Fault.allCases where faults[fault].map({ $0 <= step }) ?? false {
        try end(fault)
      }
      if Int.random(in: 0..<2, using: &random) == 0 { try goWrong() }
      if step.isMultiple(of: 12) { try catchUp() }
      try requireAlive()
    }
    try stop()
    try verify()
    return try audit()
  }

  // MARK: The daemon

  func configure() throws {
    try places.base.configure(settings.tables(moveTo: target.path))
  }

  /// Starts it; on a full disk it may refuse, and is started again when there is room.
  func start() throws {
    guard daemon == nil else { return }
    let next = try places.launch(environment: clock.environment)
    let deadline = MonotonicDeadline(seconds: 20)
    while !next.messages.contains(where: \.isReady) {
      if let status = exitStatus(next) {
        // Documents are being forgotten by a command that found no daemon.
        if status == .exited(75), !asks.isEmpty {
          try finishAsks()
          return try start()
        }
        guard faults[.full] != nil, status == .exited(73) || status == .exited(74) else {
          throw failure("the start ended with \(status): \(next.standardError)")
        }
        return faults[.down] = faults[.full]
      }
      if deadline.hasPassed { throw failure("no READY=1: \(next.standardError)") }
      poll(nil, 0, 5)
    }
    daemon = next
  }

  func stop() throws {
    guard let running = daemon else { return }
    try resume()
    daemon = nil
    let status = try running.stop(within: 30)
    guard status == .exited(0) else {
      throw failure("SIGTERM: \(status): \(running.standardError)")
    }
  }

  private func finishAsks() throws {
    for ask in asks { _ = try ask.waitForExit(within: 30) }
    asks = []
  }

  func resume() throws {
    faults[.stopped] = nil
    daemon?.send(SIGCONT)
  }

  private func requireAlive() throws {
    guard let running = daemon, let status = exitStatus(running) else { return }
    throw failure("it ended by itself, \(status): \(running.standardError)")
  }

  private func exitStatus(_ daemon: RunningDaemon) -> TestSupport.ExitStatus? {
    try? daemon.waitForExit(within: 0)
  }

  // MARK: Looks

  /// Ends all that is wrong but the clock, and waits until everything has its record.
  private func catchUp() throws {
    note("all is well")
    for fault in Fault.allCases where fault != .clock && faults[fault] != nil { try end(fault) }
    try start()
    try drop.letGo(&random, all: true)
    try finishAsks()
    let reload = try places.neardup("reload", "--wait")
    guard reload.exitStatus == .exited(0) else { throw failure("reload: \(reload.standardError)") }
    let deadline = MonotonicDeadline(seconds: 30)
    let changes = try DirectoryChanges(of: room.path("log"))
    while true {
      let found = try audit()
      let left = try leftBehind()
      if found.lost.isEmpty, left.isEmpty { break }
      if deadline.hasPassed {
        throw failure(
          "lost: \((found.lost + left).prefix(5)) \(daemon?.standardError ?? "")",
          about: found.lost + left)
      }
      changes.wait(until: deadline)
    }
    if step.isMultiple(of: 48) {
      try verify()
      if Bool.random(using: &random) { try parts.compress { try Tool.run("gzip", $0) } }
    }
  }

  func audit() throws -> RecordAudit {
    try parts.readOn()
    let found = RecordAudit(parts.all, drop.history, settings)
    guard found.repeated.isEmpty, found.broken.isEmpty, parts.repeats.isEmpty,
      parts.isWithoutGap
    else {
      throw failure(
        "repeated: \(found.repeated.prefix(5)), broken: \(found.broken.prefix(5)), seq twice: "
          + "\(parts.repeats.prefix(5)), gap: \(!parts.isWithoutGap)",
        about: found.repeated)
    }
    return found
  }

  /// Recorded files that were to be moved and are where they were, or are nowhere.
  private func leftBehind() throws -> [String] {
    guard settings.moves else { return [] }
    return try drop.history.live.compactMap { path, content in
      guard content.kind == .text, settings.wants(path),
        settings.signatures(of: content).now == [content.digest]
      else { return nil }
      if FileSystem.exists(places.inDrop(path)) { return "\(path), not moved" }
      let moved = target.path(path)
      let isThere = try FileSystem.exists(moved) && FileSystem.read(moved) == content.bytes
      return isThere ? nil : "\(path), neither here nor there"
    }
  }

  private func verify() throws {
    let run = try places.neardup("verify")
    guard run.exitStatus == .exited(0) else {
      try parts.readOn()
      let numbers = run.standardOutput.prefix { $0 != "\n" }.split { !$0.isNumber }
        .dropFirst(3).compactMap { Int($0) }
      let documents = parts.all.filter { $0.isAssigned && numbers.contains($0.document ?? 0) }
      throw failure(
        "verify: \(run.standardOutput)\(run.standardError)", about: documents.map(\.path))
    }
    try parts.readOn()
    let problems = RecordAudit.problems(
      parts.all, window: settings.window, documents: settings.documents)
    if let problem = problems.first { throw failure("\(problems.count) like: \(problem)") }
  }

  /// Something to forget, rename or look at.
  func anyPath() -> String? { drop.history.paths.randomElement(using: &random) }

  // MARK: What is said

  func note(_ text: String) { said.append("\(step): \(text)") }

  /// - Parameter problems: texts that begin with a path; all that is known of the first one is
  ///   said.
  func failure(_ text: String, about problems: [String] = []) -> Failure {
    var whole = "step \(step), \(settings), after\n\(said.suffix(60))\n\(text)"
    if let path = problems.first?.prefix(while: { $0 != "," && $0 != " " }).description {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      whole += "\n\(said.filter { $0.contains(name) })"
      whole += "\n\(drop.history.versions[path]?.map(\.description) ?? [])"
      for line in parts.all where line.path == path || !(line.isAssigned || line.isSkipped) {
        whole += "\n\(line.description.prefix(300))"
      }
    }
    return Failure(description: whole)
  }
}
