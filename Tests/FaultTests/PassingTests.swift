// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// States that pass are waited for, with one message.
  @Suite("Passing states")
  struct PassingStates {
    @Test("drop directories that are not there at the start are waited for", arguments: [1, 2])
    func missingAtStart(of count: Int) throws {
      var outcome = Outcome("1 of \(count) drop directories missing at the start")
      let places = try FaultPlaces()
      let late = places.base.path("outside/usb/inbox")
      let messages = try Messages()
      let log = places.log
      let options = [
        "--config", places.base.configuration, "--state-directory", places.state,
        "--cluster-log", log, "--drop-directory", late,
      ]
      let more = count == 1 ? [] : ["--drop-directory", places.drop]
      let daemon = try RunningDaemon(
        options + more, log: log, launcher: messages.launcher, keeping: places.base)
      try daemon.waitUntilReady()
      try daemon.waitForStatus(containing: "missing \(late) (No such file")
      if count > 1 {
        try places.write([0])
        try places.waitForRecords(1, of: daemon, within: 10)
      }
      let start = MonotonicDeadline.microseconds()
      try FileSystem.makeDirectory(late)
      try FileSystem.write(Note.text(9), to: "\(late)/late.txt")
      try places.waitForRecords(count, of: daemon, within: 10)
      outcome.recovered(since: start)
      #expect(try daemon.stop() == .exited(0))
      #expect(messages.count(containing: "the drop directory is missing") == 1)
      outcome.report()
    }

    @Test("a lease that somebody gives back later", arguments: [false, true])
    func lease(once: Bool) throws {
      var outcome = Outcome("write lease on a file for a second")
      let places = try FaultPlaces()
      let daemon = once ? nil : try places.start()
      let staged = places.base.path("outside/a.txt")
      try FileSystem.write(Note.text(1), to: staged)
      let holder = open(staged, O_RDWR | O_CLOEXEC)
      try #require(holder >= 0)
      // F_SETLEASE; its holder is told by SIGIO, which would end this process.
      signal(SIGIO, SIG_IGN)
      try #require(fcntl(holder, 1_024, F_WRLCK) == 0)
      try FileSystem.rename(staged, to: places.inDrop("a.txt"))
      let running = try daemon ?? places.launch(["--once"])
      poll(nil, 0, 900)
      #expect(fcntl(holder, 1_024, F_UNLCK) == 0)
      close(holder)
      try places.waitForRecords(1, of: running, within: 20)
      if once {
        #expect(try running.waitForExit() == .exited(0))
      } else {
        #expect(try running.stop() == .exited(0))
      }
      try outcome.check(places, paths: ["a.txt"])
      outcome.report()
    }

    @Test("a limit on the size of files, met by the state or the log, and raised", .privileged)
    func fileSizeLimit() throws {
      var outcome = Outcome("EFBIG under the state, limit raised")
      let places = try FaultPlaces()
      // Blocks of a kilobyte in bash, of half of that in others: either is soon met.
      let limited = ["bash", "-c", "ulimit -S -f 400; exec \"$@\"", "bash"]
      let daemon = try places.start(launcher: limited)
      try places.write(0..<400)
      try daemon.waitForStatus(containing: "cannot write", within: 20)
      let start = MonotonicDeadline.microseconds()
      try Tool.run("prlimit", "--fsize=unlimited", "--pid", "\(daemon.processID)")
      try places.waitForRecords(400, of: daemon, within: 20)
      outcome.recovered(since: start)
      #expect(daemon.standardError.contains("limit on the size of files"))
      try outcome.finish(daemon, places, paths: (0..<400).map(FaultPlaces.name))
    }

    /// Ways in which a state is not where it was.
    enum Loss: CaseIterable { case moved, movedAbove, databaseMoved, mountedOver }

    @Test(
      "a state that is moved away is noticed though nothing comes, and goes on when it is back",
      .privileged, arguments: Loss.allCases)
    func stateMoved(loss: Loss) throws {
      var outcome = Outcome("state directory moved away and back: \(loss)")
      let above = try TemporaryDirectory()
      try FileSystem.makeDirectory(above.path("a"))
      let places = try FaultPlaces(state: above.path("a/state"))
      let moved =
        switch loss {
        case .movedAbove: above.path("a")
        case .databaseMoved: places.state + "/neardupd.sqlite"
        case .moved, .mountedOver: places.state
        }
      let daemon = try places.start()
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 10)
      let over = loss == .mountedOver ? try SmallFileSystem(kilobytes: 100) : nil
      if let over {
        try Tool.run("mount", "--bind", over.path, moved)
      } else {
        try FileSystem.rename(moved, to: moved + ".away")
      }
      try daemon.waitForStatus(containing: "deleted, moved or replaced", within: 5)
      try places.write([1])
      let start = MonotonicDeadline.microseconds()
      if over == nil {
        try FileSystem.rename(moved + ".away", to: moved)
      } else {
        try Tool.run("umount", moved)
      }
      try places.waitForRecords(2, of: daemon, within: 10)
      outcome.recovered(since: start)
      try outcome.finish(daemon, places, paths: (0..<2).map(FaultPlaces.name))
    }

    @Test("too few descriptors are named as such at the start")
    func fewDescriptors() throws {
      let places = try FaultPlaces()
      let limited = ["bash", "-c", "ulimit -n 20; exec \"$@\"", "bash"]
      let daemon = try places.launch(launcher: limited)
      _ = try? daemon.waitForMessage("an end", within: 3) { $0.isReady }
      daemon.send(SIGKILL)
      _ = try daemon.waitForExit()
      let said = daemon.standardError.lowercased()
      #expect(said.isEmpty || said.contains("too many open files") || said.contains("open files"))
    }

    @Test("two daemons on one cluster log: the second says who has it")
    func sharedLog() throws {
      var outcome = Outcome("two daemons on one cluster log")
      let first = try FaultPlaces()
      let daemon = try first.start()
      try FileSystem.link(first.log, to: first.log + ".link")
      for name in [first.log, first.log + ".link"] {
        let second = try FaultPlaces(log: name)
        let refused = try second.launch()
        #expect(try refused.waitForExit() == .exited(75))
        #expect(refused.standardError.contains("process \(daemon.processID)"))
      }
      try FileSystem.remove(first.log + ".link")
      try first.write(0..<3)
      try first.waitForRecords(3, of: daemon, within: 10)
      try outcome.finish(daemon, first, paths: (0..<3).map(FaultPlaces.name))
      // And after it nothing is left in the way.
      #expect(try first.start().stop() == .exited(0))
    }
  }
}
