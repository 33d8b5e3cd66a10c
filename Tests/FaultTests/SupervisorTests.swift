// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Supervisors that do not listen, and what they ask for.
  @Suite("Supervisors")
  struct Supervisors {
    /// A pipe that is full to the last byte.
    private final class FullPipe: Sendable {
      let path: String
      private let directory: TemporaryDirectory
      private let ends: (Int32, Int32)

      init() throws {
        directory = try TemporaryDirectory()
        path = directory.path("pipe")
        try FileSystem.makeFIFO(path)
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard reader >= 0, writer >= 0 else { throw SystemCallFailure("open", path) }
        ends = (reader, writer)
        fill()
      }

      deinit {
        close(ends.0)
        close(ends.1)
      }

      func fill() {
        let bytes = [UInt8](repeating: 0x78, count: 4_096)
        for size in [4_096, 1] { while write(ends.1, bytes, size) > 0 {} }
      }

      func readAll() -> String {
        var all: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
          let count = read(ends.0, &bytes, bytes.count)
          if count <= 0 { return String(decoding: all, as: UTF8.self) }
          all += bytes[..<count]
        }
      }
    }

    @Test("nobody reads standard error: work goes on, and what was lost is told later")
    func deafStandardError() throws {
      var outcome = Outcome("nobody reads standard error")
      let places = try FaultPlaces()
      let pipe = try FullPipe()
      let daemon = try places.start(
        ["--log-level", "debug"],
        launcher: ["sh", "-c", "exec \"$@\" 2>'\(pipe.path)'", "sh"])
      // Each is told of with this level.
      for number in 0..<200 {
        try FileSystem.write([0x78], to: places.inDrop("short-\(number)"))
      }
      try places.waitForRecords(200, of: daemon, within: 20)
      _ = pipe.readAll()
      try places.write([0])
      try places.waitForRecords(201, of: daemon, within: 10)
      try FileSystem.write([0x78], to: places.inDrop("short-more"))
      try places.waitForRecords(202, of: daemon, within: 10)
      var said = ""
      try Moving.wait {
        said += pipe.readAll()
        return said.contains("were lost")
      }
      pipe.fill()
      #expect(try daemon.stop() == .exited(0))
      outcome.recovered(since: MonotonicDeadline.microseconds())
      outcome.report()
    }

    @Test("nobody reads NOTIFY_SOCKET: reloads and SIGTERM are done all the same")
    func deafManager() throws {
      var outcome = Outcome("nobody reads NOTIFY_SOCKET")
      let places = try FaultPlaces()
      let directory = try TemporaryDirectory()
      let socket = try DeafSocket(at: directory.path("notify"))
      let messages = try Messages()
      let daemon = try places.launch(
        environment: ["NOTIFY_SOCKET": directory.path("notify"), "WATCHDOG_USEC": "200000"],
        launcher: messages.launcher)
      try messages.wait(for: " started ")
      try places.writeOneByOne(0..<30, to: daemon)
      for _ in 0..<3 { daemon.send(SIGHUP) }
      try messages.wait(for: "the configuration was reloaded")
      try outcome.finish(daemon, places, paths: (0..<30).map(FaultPlaces.name))
      withExtendedLifetime(socket) {}
    }

    @Test("idle clients of the socket hold up nobody who asks")
    func idleClients() throws {
      let places = try FaultPlaces()
      let daemon = try places.start()
      var clients: [Int32] = []
      defer { for client in clients { close(client) } }
      for _ in 0..<12 {
        if let client = UnixClient.connect(to: "\(places.state)/status.sock") {
          clients.append(client)
        }
      }
      let start = MonotonicDeadline.microseconds()
      let status = try places.base.neardup(["status", "--state-directory", places.state])
      #expect(status.exitStatus == .exited(0))
      #expect(Double(MonotonicDeadline.microseconds() - start) / 1e6 < 1.5)
      #expect(try daemon.stop() == .exited(0))
    }
  }

  /// A reload leaves the daemon as if it had started with that configuration.
  @Suite("Reloads")
  struct Reloads {
    private func reload(_ places: FaultPlaces, _ section: String) throws {
      try FileSystem.write("[drop]\n\(section)\n".utf8, to: places.base.configuration)
      let run = try places.base.neardup(
        ["reload", "--wait", "--state-directory", places.state])
      #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    }

    @Test("a directory that is excluded is left alone, and read when it is not any more")
    func excluded() throws {
      let places = try FaultPlaces()
      let daemon = try places.start()
      for name in ["in/a.txt", "archive/old.txt"] {
        try FileSystem.makeDirectory(places.inDrop(String(name.split(separator: "/")[0])))
        try FileSystem.write(Note.text(name.count), to: places.inDrop(name))
      }
      try places.waitForRecords(2, of: daemon, within: 10)
      try reload(places, "exclude = [\".*\", \"archive\"]")
      // The intake takes the new patterns up with its next turn.
      try FileSystem.write(Note.text(50), to: places.inDrop("in/first.txt"))
      try places.waitForRecords(3, of: daemon, within: 10)
      try FileSystem.write(Note.text(51), to: places.inDrop("archive/new.txt"))
      try FileSystem.makeDirectory(places.inDrop("archive/later"))
      try FileSystem.write(Note.text(52), to: places.inDrop("archive/later/new.txt"))
      for number in 60..<65 {
        try FileSystem.write(Note.text(number), to: places.inDrop("in/\(number).txt"))
        try places.waitForRecords(number - 56, of: daemon, within: 10)
      }
      #expect(
        try ClusterLogLines(at: places.log).assigned.filter { $0.path.hasPrefix("archive") }.count
          == 1)
      try reload(places, "")
      try places.waitForRecords(10, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test("a size that is raised lets files in that were too large")
    func raisedSize() throws {
      let places = try FaultPlaces(
        settings: ["drop": "max-size = \"1KiB\"\nrescan-interval = \"0\""])
      let daemon = try places.start()
      try FileSystem.write(Note.text(1, words: 500), to: places.inDrop("a.txt"))
      try places.waitForRecords(1, of: daemon, within: 10)
      try reload(places, "max-size = \"1MiB\"\nrescan-interval = \"0\"")
      _ = try daemon.waitForLog("assigned") { !$0.assigned.isEmpty }
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.all.map { $0.reason ?? $0.event } == ["too-large", "assigned"])
    }

    @Test("a time of quiet that is shortened holds for those that wait")
    func shortenedQuiet() throws {
      let places = try FaultPlaces(settings: ["drop": "settle = \"1h\""])
      let daemon = try places.start()
      try places.write([1])
      try daemon.waitForStatus(containing: "queue 1")
      try reload(places, "settle = \"10ms\"")
      try places.waitForRecords(1, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
    }

    @Test("a configuration that is a pipe without a writer ends a reload with an error")
    func pipe() throws {
      let places = try FaultPlaces()
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher)
      try FileSystem.remove(places.base.configuration)
      try FileSystem.makeFIFO(places.base.configuration)
      daemon.send(SIGHUP)
      try places.write([1])
      try places.waitForRecords(1, of: daemon, within: 10)
      try messages.wait(for: "nothing came from it", within: 20)
      #expect(try daemon.stop() == .exited(0))
      let next = try places.launch()
      #expect(try next.waitForExit(within: 20) == .exited(78))
    }
  }
}

/// A Unix socket whose owner never reads.
private final class DeafSocket: Sendable {
  private let descriptor: Int32

  init(at path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemCallFailure("socket", path) }
    try UnixAddress(path).bind(descriptor)
  }

  deinit { close(descriptor) }
}

private enum UnixClient {
  static func connect(to path: String) -> Int32? {
    let client = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let answer = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if answer == 0 { return client }
    close(client)
    return nil
  }
}
