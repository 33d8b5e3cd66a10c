// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// What a process is started without, or with less of than it needs.
  @Suite("Scarcity")
  struct Scarcity {
    private static let someone: uid_t = 54_326

    private static func limited(_ limit: String) -> [String] {
      ["bash", "-c", "ulimit \(limit) || exit 99; exec \"$@\"", "bash"]
    }

    @Test(
      "standard descriptors that are closed: nothing but records gets into the log",
      arguments: ["1>&-", "0<&- 1>&- 2>&-"])
    func closedDescriptors(which: String) throws {
      var outcome = Outcome("started with \(which)")
      let launcher = ["sh", "-c", "exec \"$@\" \(which)", "sh"]
      let places = try FaultPlaces()
      let daemon = try places.start(["--log-level", "debug"], launcher: launcher)
      try places.write(0..<5)
      try places.waitForRecords(5, of: daemon, within: 10)
      for number in 0...2 {
        #expect(FileSystem.exists("/proc/\(daemon.processID)/fd/\(number)"))
      }
      try outcome.finish(daemon, places, paths: (0..<5).map(FaultPlaces.name))
      // The companion changes state and log itself where no daemon runs.
      let forget = try ChildProcess(
        "sh",
        Array(launcher.dropFirst()) + [BuiltProgram.companion.path, "forget", FaultPlaces.name(0)]
          + places.base.companionOptions, environment: DaemonBinary.environment)
      #expect(try forget.waitForExit(within: 20) == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.all.map(\.event).last == "removed")
    }

    @Test(
      "few descriptors: it works with them or says what it lacks",
      arguments: Faults.isExtended ? [10, 14, 20, 26, 32, 40, 64] : [20, 39, 64])
    func descriptors(limit: Int) throws {
      var outcome = Outcome("ulimit -n \(limit)")
      let places = try FaultPlaces()
      let messages = try Messages()
      for desk in 0..<20 { try FileSystem.makeDirectory(places.inDrop("desk-\(desk)/a/b/c")) }
      let daemon = try places.launch(launcher: messages.launcher + Self.limited("-n \(limit)"))
      let paths = (0..<200).map { "desk-\($0 % 20)/a/b/c/\($0).txt" }
      for (number, path) in paths.enumerated() {
        try FileSystem.write(Note.text(number), to: places.inDrop(path))
      }
      let isDone = try Self.ended(daemon, places, records: paths.count)
      let said = messages.lines.joined(separator: "\n").lowercased()
      if let status = isDone.status {
        #expect(status == .exited(73) || status == .exited(74), "\(said)")
        #expect(said.contains("too many open files"), "\(said)")
      } else if !isDone.all {
        #expect(said.contains("too many open files"), "\(said)")
      }
      if isDone.status == nil { #expect(try daemon.stop() == .exited(0)) }
      print("| descriptors \(limit) | \(isDone) | \(messages.lines.suffix(2)) |")
      let next = try places.start()
      try places.waitForRecords(paths.count, of: next, within: 20)
      try outcome.finish(next, places, paths: paths)
    }

    @Test(
      "few threads: it works with them or says what it lacks", .privileged, .tool("setpriv"),
      arguments: Faults.isExtended ? [1, 4, 8, 14, 18, 24] : [3, 14, 24])
    func threads(limit: Int) throws {
      var outcome = Outcome("ulimit -u \(limit)")
      let places = try FaultPlaces()
      let messages = try Messages()
      try Tool.run("chown", "-R", "\(Self.someone)", places.base.path("."))
      try Tool.run("chmod", "711", places.base.path("."))
      let other = [
        "setpriv", "--reuid=\(Self.someone)", "--regid=\(Self.someone)", "--clear-groups",
      ]
      let daemon = try places.launch(
        launcher: messages.launcher + other + Self.limited("-u \(limit)"))
      try places.write(0..<50)
      let isDone = try Self.ended(daemon, places, records: 50)
      let said = messages.lines.joined(separator: "\n").lowercased()
      #expect(isDone.all || isDone.status == .exited(74), "\(isDone): \(said)")
      if isDone.status != nil { #expect(said.contains("limit on tasks"), "\(said)") }
      if isDone.status == nil { #expect(try daemon.stop() == .exited(0)) }
      print("| threads \(limit) | \(isDone) | \(messages.lines.suffix(2)) |")
      let next = try places.start()
      try places.waitForRecords(50, of: next, within: 20)
      try outcome.finish(next, places, paths: (0..<50).map(FaultPlaces.name))
    }

    /// How it went within some seconds: how it ended, or whether it recorded all.
    private static func ended(
      _ daemon: RunningDaemon, _ places: FaultPlaces, records: Int
    ) throws -> (status: TestSupport.ExitStatus?, all: Bool) {
      let deadline = MonotonicDeadline(seconds: 5)
      var count = RecordCount(of: places.log)
      while !deadline.hasPassed {
        if let status = try? daemon.waitForExit(within: 0.05) { return (status, false) }
        if FileSystem.exists(places.log) { try count.readOn() }
        if count.decided >= records { return (nil, true) }
      }
      return (nil, false)
    }
  }
}
