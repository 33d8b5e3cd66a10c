// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Watch limit")
  struct WatchLimit {
    /// Becomes root of a user namespace whose limit is `watches`, so that nobody else's changes.
    private static func limited(to watches: Int, in limits: String) -> [String] {
      let script = "echo \(watches) > /proc/sys/user/max_inotify_watches && echo $$ > \(limits)"
      return [
        "unshare", "--user", "--map-root-user", "sh", "-c", "\(script) && exec \"$@\"", "sh",
      ]
    }

    @Test(
      "polls what cannot be watched, says how to mend it, and watches again", .privileged,
      .tool("unshare"), .tool("nsenter"))
    func reached() throws {
      var outcome = Outcome("watch limit reached")
      let places = try FaultPlaces(settings: ["drop": "poll-interval = \"300ms\""])
      let directories = 40
      for number in 0..<directories {
        try FileSystem.makeDirectory(places.inDrop("desk-\(number)"))
      }
      let pidFile = places.base.path("pid")
      let daemon = try places.start(launcher: Self.limited(to: 10, in: pidFile))
      let status = try daemon.waitForStatus(containing: "polling \(places.drop)")
      #expect(status.contains("fs.inotify.max_user_watches = "))
      #expect(status.contains("sysctl -w fs.inotify.max_user_watches="))
      let warnings = {
        daemon.standardError.split(separator: "\n").filter { $0.contains("warning") }
      }
      #expect(warnings().count == 1)
      #expect(warnings().first?.contains("sysctl -w fs.inotify.max_user_watches=") == true)
      let paths = (0..<directories).map { "desk-\($0)/note.txt" }
      for (number, path) in paths.enumerated() {
        try FileSystem.write(Note.text(number), to: places.inDrop(path))
      }
      try places.waitForRecords(directories, of: daemon, within: 20)

      let seen = daemon.messages.count
      let mended = MonotonicDeadline.microseconds()
      try Tool.run(
        "nsenter", "--user", "--target", "\(daemon.processID)", "sh", "-c",
        "echo 1000 > /proc/sys/user/max_inotify_watches")
      try daemon.waitForStatus(containing: "watching 1 directory", after: seen)
      outcome.recovered(since: mended)
      try FileSystem.write(Note.text(999), to: places.inDrop("desk-39/late.txt"))
      try places.waitForRecords(directories + 1, of: daemon, within: 10)
      #expect(warnings().count == 1)
      try outcome.finish(daemon, places, paths: paths + ["desk-39/late.txt"])
    }

    @Test("the machine's own limit", .privileged, .extended)
    func machineLimit() throws {
      var outcome = Outcome("fs.inotify.max_user_watches = 8")
      let places = try FaultPlaces(settings: ["drop": "poll-interval = \"300ms\""])
      for number in 0..<40 { try FileSystem.makeDirectory(places.inDrop("desk-\(number)")) }
      let daemon = try KernelSetting.watches.with(8) {
        let daemon = try places.start()
        try daemon.waitForStatus(containing: "fs.inotify.max_user_watches = 8")
        try FileSystem.write(Note.text(1), to: places.inDrop("desk-39/note.txt"))
        // Not for the record: the test has no watch for the log now either.
        try daemon.waitForStatus(containing: "1 document")
        return daemon
      }
      let mended = MonotonicDeadline.microseconds()
      try daemon.waitForStatus(containing: "watching 1 directory", after: daemon.messages.count - 1)
      outcome.recovered(since: mended)
      try outcome.finish(daemon, places, paths: ["desk-39/note.txt"])
    }
  }
}
