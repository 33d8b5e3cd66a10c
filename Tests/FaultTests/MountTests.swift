// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Mounts that come, go, hang, or lie below, and the way to a drop directory.
  @Suite("Mounts")
  struct Mounts {
    @Test(
      "what is written behind a FUSE mount below a local drop directory is found by polling",
      .privileged, .tool("bindfs"), .tool("fusermount3"), arguments: [true, false])
    func networkBelow(thereAtStart: Bool) throws {
      var outcome = Outcome("FUSE mount below a local drop directory")
      let places = try FaultPlaces(
        settings: ["drop": "poll-interval = \"300ms\"\nrescan-interval = \"0\""])
      try FileSystem.makeDirectory(places.inDrop("desk/nas"))
      let behind = places.base.path("outside/behind")
      try FileSystem.makeDirectory(behind)
      var server =
        thereAtStart ? try UserSpaceMount(of: behind, at: places.inDrop("desk/nas")) : nil
      let daemon = try places.start()
      if server == nil { server = try UserSpaceMount(of: behind, at: places.inDrop("desk/nas")) }
      try daemon.waitForStatus(containing: "polling desk/nas in it (fuse")
      let start = MonotonicDeadline.microseconds()
      try FileSystem.makeDirectory("\(behind)/a/b")
      try FileSystem.write(Note.text(1), to: "\(behind)/a/b/far.txt")
      try FileSystem.write(Note.text(2), to: "\(behind)/far.txt")
      try FileSystem.write(Note.text(3), to: places.inDrop("local.txt"))
      try places.waitForRecords(3, of: daemon, within: 20)
      outcome.recovered(since: start)
      try outcome.finish(
        daemon, places, paths: ["desk/nas/a/b/far.txt", "desk/nas/far.txt", "local.txt"])
      withExtendedLifetime(server) {}
    }

    /// What is done to the way to a drop directory at "way/drop".
    enum Change: String, CaseIterable {
      case parentRenamed, parentMountedOver, linkSwitched, mountedWhereALinkLeads
    }

    @Test(
      "a drop directory that becomes another by what happens above it", .privileged,
      arguments: Change.allCases)
    func above(change: Change) throws {
      var outcome = Outcome("drop directory: \(change.rawValue)")
      let base = try TemporaryDirectory()
      let (way, real) = (base.path("way"), base.path("real"))
      defer { for path in [way, real] { _ = umount2(path, Int32(MNT_DETACH)) } }
      let isLink = change == .linkSwitched || change == .mountedWhereALinkLeads
      try FileSystem.makeDirectory("\(isLink ? real : way)/drop")
      if isLink { try FileSystem.makeSymbolicLink(at: way, to: real) }
      let places = try FaultPlaces(
        settings: ["drop": "rescan-interval = \"0\""], drop: "\(way)/drop")
      let daemon = try places.start()
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 20)
      let start = MonotonicDeadline.microseconds()
      switch change {
      case .parentRenamed: try FileSystem.rename(way, to: base.path("old"))
      case .parentMountedOver: try Tool.run("mount", "-t", "tmpfs", "none", way)
      case .mountedWhereALinkLeads: try Tool.run("mount", "-t", "tmpfs", "none", real)
      case .linkSwitched:
        try FileSystem.makeDirectory(base.path("other/drop"))
        try FileSystem.makeSymbolicLink(at: base.path("new"), to: base.path("other"))
        try FileSystem.rename(base.path("new"), to: way)
      }
      try FileSystem.makeDirectory(places.drop)
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 30)
      outcome.recovered(since: start)
      try outcome.finish(daemon, places, paths: (0..<2).map(FaultPlaces.name))
    }

    @Test("one directory by two names, or one in another by a link, is refused", arguments: [0, 1])
    func sameTwice(depth: Int) throws {
      let places = try FaultPlaces()
      try FileSystem.makeDirectory(places.inDrop("sub"))
      let link = places.base.path("outside/link")
      try FileSystem.makeSymbolicLink(at: link, to: depth == 0 ? places.drop : places.inDrop("sub"))
      let daemon = try places.launch(["--drop-directory", link])
      #expect(try daemon.waitForExit() == .exited(78))
      #expect(daemon.standardError.contains("by a link or a mount"))
    }

    @Test(
      "a server that hangs holds up no other directory, and is told of", .privileged,
      .tool("bindfs"), .tool("fusermount3"), arguments: [1, 3])
    func hanging(servers count: Int) throws {
      var outcome = Outcome("FUSE servers that hang: \(count)")
      let base = try TemporaryDirectory()
      let mounts = try (0..<count).map { number -> (UserSpaceMount, String) in
        let (behind, at) = (base.path("behind\(number)"), base.path("far\(number)"))
        for path in [behind, at] { try FileSystem.makeDirectory(path) }
        return (try UserSpaceMount(of: behind, at: at), behind)
      }
      let places = try FaultPlaces(settings: ["drop": "poll-interval = \"200ms\""])
      let messages = try Messages()
      let daemon = try places.start(
        mounts.flatMap { ["--drop-directory", $0.0.path] },
        environment: ["WATCHDOG_USEC": "8000000"], launcher: messages.launcher)
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 10)
      for (mount, _) in mounts { mount.server.send(SIGSTOP) }
      defer { for (mount, _) in mounts { mount.server.send(SIGCONT) } }
      for (mount, _) in mounts {
        try daemon.waitForStatus(containing: "hanging \(mount.path)", within: 20)
      }
      try messages.wait(for: "does not answer", count: count)
      let silent = daemon.messages.count
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 5)
      try daemon.waitForMessage("WATCHDOG=1", after: silent, within: 10) {
        $0["WATCHDOG"] == "1"
      }
      let status = try places.base.neardup(
        ["status", "--state-directory", places.state])
      #expect(status.standardOutput.contains("hanging"))
      let start = MonotonicDeadline.microseconds()
      for (mount, behind) in mounts {
        mount.server.send(SIGCONT)
        try FileSystem.write(Note.text(7), to: "\(behind)/late.txt")
      }
      try places.waitForRecords(2 + count, of: daemon, within: 20)
      outcome.recovered(since: start)
      #expect(try daemon.stop() == .exited(0))
      #expect(messages.count(containing: "does not answer") == count)
      outcome.report()
    }

    @Test(
      "while a server hangs SIGTERM ends the daemon", .privileged, .tool("bindfs"),
      .tool("fusermount3"))
    func stoppedWhileHanging() throws {
      let base = try TemporaryDirectory()
      for name in ["behind", "far"] { try FileSystem.makeDirectory(base.path(name)) }
      let mount = try UserSpaceMount(of: base.path("behind"), at: base.path("far"))
      let places = try FaultPlaces(
        settings: ["drop": "poll-interval = \"200ms\""], drop: mount.path)
      let daemon = try places.start()
      mount.server.send(SIGSTOP)
      defer { mount.server.send(SIGCONT) }
      try daemon.waitForStatus(containing: "hanging \(mount.path)", within: 20)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test(
      "a server whose clock is ahead: a file that is written in pieces has one record",
      .privileged, .tool("bindfs"), .tool("fusermount3"), arguments: [5, -3_600, 15_032_385_535])
    func skewedClock(ahead: Int) throws {
      var outcome = Outcome("a server's clock \(ahead) s ahead")
      let base = try TemporaryDirectory()
      for name in ["behind", "far"] { try FileSystem.makeDirectory(base.path(name)) }
      let mount = try UserSpaceMount(of: base.path("behind"), at: base.path("far"))
      let places = try FaultPlaces(
        settings: ["drop": "poll-interval = \"100ms\""], drop: mount.path)
      let daemon = try places.start()
      let path = base.path("behind/a.txt")
      for piece in 0..<6 {
        try FileSystem.append(Note.text(piece), to: path)
        let now = Int(time(nil))
        try Stamps.set(path, ahead > 1 << 32 ? ahead : now + ahead)
        // The writer's own pace, shorter than the 1.2 seconds that a file must be quiet here.
        poll(nil, 0, 600)
      }
      try places.waitForRecords(1, of: daemon, within: 20)
      try outcome.finish(daemon, places, paths: ["a.txt"])
    }
  }
}

/// A directory that shows another through a server in user space.
final class UserSpaceMount: Sendable {
  let path: String
  let server: ChildProcess

  init(of behind: String, at path: String) throws {
    self.path = path
    server = try ChildProcess(
      "bindfs", ["-f", behind, path], environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    let found = path
    try Faults.Moving.wait {
      String(decoding: try FileSystem.read("/proc/self/mounts"), as: UTF8.self)
        .contains(" \(found) fuse")
    }
  }

  deinit {
    _ = umount2(path, Int32(MNT_DETACH))
    server.send(SIGCONT)
    server.send(SIGKILL)
  }
}
