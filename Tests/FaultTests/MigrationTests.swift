// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Commands on the state that are ended in the middle: all of it is done, or nothing, and the
  /// next try does it.
  @Suite("Migration")
  struct Migration {
    private static let rounds = Faults.isExtended ? 100 : 3
    private static let news = PseudoNews(seed: 82)

    /// How a command is ended: by a signal, or with the power.
    enum End: String, CaseIterable { case killed = "kill −9", powerCut = "power cut" }

    private struct Scene {
      let places: FaultPlaces
      let loop: LoopFileSystem?

      init(_ end: End, documents: Int, drop: String? = nil) throws {
        loop = end == .powerCut ? try LoopFileSystem(megabytes: 48) : nil
        places = try FaultPlaces(
          drop: drop, state: loop?.path("state"), log: loop?.path("log/clusters.jsonl"))
        for number in 0..<documents {
          let text =
            number % 4 == 3
            ? news.copy(of: number - 1, words: 60) : news.article(number, words: 60)
          try FileSystem.write(text.utf8, to: places.inDrop(FaultPlaces.name(number)))
        }
        #expect(try places.launch(["--once"]).waitForExit(within: 60) == .exited(0))
      }

      /// Begins a command and ends it after a while.
      func interrupt(_ words: [String], after microseconds: UInt32) throws {
        let command = try places.beginNeardup(words)
        usleep(microseconds)
        try loop?.cutPower()
        command.send(SIGKILL)
        _ = try command.waitForExit(within: 10)
        try loop?.mountAgain()
      }

      /// How long a command takes, in microseconds.
      func time(_ body: () throws -> Void) rethrows -> UInt32 {
        let start = MonotonicDeadline.microseconds()
        try body()
        return UInt32(clamping: MonotonicDeadline.microseconds() - start)
      }
    }

    /// Not the log's own name with something behind it, which would be a part of it.
    private static func sibling(of log: String) -> String {
      log.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        + "/rebuilt.jsonl"
    }

    private static func requireLoop(_ end: End) -> Bool {
      end == .killed || Faults.hasLoopMounts
    }

    @Test("a rebuild that is ended in the middle begins anew", arguments: End.allCases)
    func rebuild(end: End) throws {
      guard Self.requireLoop(end) else { return }
      var outcome = Outcome("\(end.rawValue) in the middle of a rebuild", rounds: Self.rounds)
      let documents = 300
      let scene = try Scene(end, documents: documents)
      let places = scene.places
      let (state, log) = (places.state + ".new", Self.sibling(of: places.log))
      func rebuild() throws {
        let run = try places.neardup("rebuild", state, log)
        #expect(run.exitStatus == .exited(0), "\(run.standardError)")
      }
      func remove() {
        for path in [state, log, state + ".unfinished", log + ".unfinished"] {
          FileSystem.removeTree(path)
        }
      }
      let takes = try scene.time { try rebuild() }
      let expected = try ClusterLogLines(at: log).all.map(\.timeless)
      var moments = SeededGenerator(seed: 41)
      for round in 0..<Self.rounds {
        remove()
        // At times between the last of it and its end.
        let range = round.isMultiple(of: 2) ? 0...takes : (takes / 4 * 3)...takes
        try scene.interrupt(
          ["rebuild", state, log], after: UInt32.random(in: range, using: &moments))
        let start = MonotonicDeadline.microseconds()
        // What has its name is whole.
        if !FileSystem.exists(state) { try rebuild() }
        outcome.recovered(since: start)
        #expect(try ClusterLogLines(at: log).all.map(\.timeless) == expected)
      }
      let run = try ProgramRun([
        "verify", "--config", places.base.configuration, "--state-directory", state,
        "--cluster-log", log,
      ])
      #expect(run.exitStatus == .exited(0), "\(run.standardOutput)")
      #expect(try places.neardup("verify").exitStatus == .exited(0))
      try outcome.check(places, paths: (0..<documents).map(FaultPlaces.name))
      outcome.report("\(documents) documents")
    }

    @Test("a relocation that is ended in the middle is done or not", arguments: End.allCases)
    func relocate(end: End) throws {
      guard Self.requireLoop(end) else { return }
      var outcome = Outcome("\(end.rawValue) in the middle of a relocation", rounds: Self.rounds)
      let documents = 200
      let base = try TemporaryDirectory()
      let scene = try Scene(end, documents: documents, drop: base.path("a"))
      let places = scene.places
      var moments = SeededGenerator(seed: 42)
      var (here, there) = (base.path("a"), base.path("b"))
      for _ in 0..<Self.rounds {
        try scene.interrupt(
          ["relocate", here, there], after: UInt32.random(in: 0...60_000, using: &moments))
        let start = MonotonicDeadline.microseconds()
        let again = try places.neardup("relocate", here, there)
        // Unknown, since it was done.
        #expect([.exited(0), .exited(64)].contains(again.exitStatus), "\(again.standardError)")
        outcome.recovered(since: start)
        try FileSystem.rename(here, to: there)
        (here, there) = (there, here)
        let daemon = try RunningDaemon(
          ["--drop-directory", here, "--once"] + places.companionOptions, log: places.log,
          keeping: places.base)
        #expect(try daemon.waitForExit(within: 20) == .exited(0))
      }
      // Nothing was recorded again.
      try outcome.check(places, paths: (0..<documents).map(FaultPlaces.name))
      #expect(try places.neardup("verify").exitStatus == .exited(0))
      outcome.report("\(documents) documents")
    }

    @Test("power cut while documents are forgotten: all of them are gone or none", .loopMounts)
    func forget() throws {
      var outcome = Outcome("power cut while documents are forgotten", rounds: Self.rounds)
      let documents = 4 * Self.rounds
      let scene = try Scene(.powerCut, documents: documents)
      let places = scene.places
      var moments = SeededGenerator(seed: 43)
      for round in 0..<Self.rounds {
        let names = [0, 2, 3].map { FaultPlaces.name(4 * round + $0) }
        // In every other round the daemon does it.
        let daemon = round.isMultiple(of: 2) ? try places.start() : nil
        let command = try places.beginNeardup(["forget"] + names)
        usleep(UInt32.random(in: 0...80_000, using: &moments))
        try scene.loop?.cutPower()
        command.send(SIGKILL)
        try daemon?.killHard()
        _ = try command.waitForExit(within: 20)
        try scene.loop?.mountAgain()
        let start = MonotonicDeadline.microseconds()
        let next = try places.start()
        outcome.recovered(since: start)
        try places.expectAllForgottenOrNone(names)
        #expect(try next.stop() == .exited(0))
      }
      try outcome.check(places, paths: (0..<documents).map(FaultPlaces.name))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.all.count { $0.event == "removed" } == 3 * Self.rounds)
      #expect(try places.neardup("verify").exitStatus == .exited(0))
      outcome.report("\(documents) documents")
    }
  }
}
