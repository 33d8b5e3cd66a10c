// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Many of what is mostly one: entries of a directory, mounts in it.
  @Suite("Multitude")
  struct Multitude {
    @Test("a bind mount for each tenant, which come and go", .privileged)
    func tenants() throws {
      let rounds = Faults.isExtended ? 20 : 3
      let tenants = 12
      var outcome = Outcome("bind mounts of \(tenants) tenants", rounds: rounds)
      let homes = try TemporaryDirectory()
      let other = try SmallFileSystem(kilobytes: 8_000)
      let places = try FaultPlaces(settings: ["drop": "rescan-interval = \"0\""])
      // Half of them lie on another file system.
      let sources = (0..<tenants).map { number in
        number.isMultiple(of: 2) ? homes.path("t\(number)") : other.path("t\(number)")
      }
      for (number, source) in sources.enumerated() {
        try FileSystem.makeDirectory(source)
        try FileSystem.makeDirectory(places.inDrop("t\(number)"))
      }
      func mount(_ number: Int) throws {
        try Tool.run("mount", "--bind", sources[number], places.inDrop("t\(number)"))
      }
      defer {
        for number in 0..<tenants { _ = umount2(places.inDrop("t\(number)"), Int32(MNT_DETACH)) }
      }
      for number in 0..<(tenants / 2) { try mount(number) }
      var daemon = try places.start()
      for number in (tenants / 2)..<tenants { try mount(number) }
      var paths: [String] = []
      for round in 0..<rounds {
        let start = MonotonicDeadline.microseconds()
        for number in 0..<tenants {
          // Where the tenant sees it, and where the daemon does.
          let name = "\(round).txt"
          let text = Note.text(round * tenants + number)
          let direct = round.isMultiple(of: 2) ? sources[number] : places.inDrop("t\(number)")
          try FileSystem.write(text, to: "\(direct)/\(name)")
          paths.append("t\(number)/\(name)")
        }
        try places.waitForRecords(paths.count, of: daemon, within: 20)
        outcome.recovered(since: start)
        // One is taken away, gets a file meanwhile, and comes back.
        let away = round % tenants
        try Tool.run("umount", "-l", places.inDrop("t\(away)"))
        try FileSystem.write(
          Note.text(1_000_000 + round), to: "\(sources[away])/meanwhile-\(round).txt")
        paths.append("t\(away)/meanwhile-\(round).txt")
        if round % 3 == 2 {
          try daemon.killHard()
          daemon = try places.start()
        }
        try mount(away)
        try places.waitForRecords(paths.count, of: daemon, within: 20)
      }
      try outcome.finish(daemon, places, paths: paths)
    }

    @Test("a directory of a million entries")
    func millionEntries() throws {
      let entries = Faults.isExtended ? 1_000_000 : 20_000
      // One in ten; the others are what a writer has not finished, and are listed all the same.
      let documents = entries / 10
      var outcome = Outcome("a directory of \(entries) entries, \(documents) of them documents")
      let places = try FaultPlaces(settings: ["drop": "rescan-interval = \"0\""])
      let directory = places.inDrop("all")
      try FileSystem.makeDirectory(directory)
      for number in 0..<entries {
        let (text, ending) = number % 10 == 0 ? (Note.text(number, words: 6), "txt") : ([], "tmp")
        try FileSystem.write(text, to: "\(directory)/\(number).\(ending)")
      }
      let start = MonotonicDeadline.microseconds()
      let daemon = try places.start()
      try places.waitForRecords(documents, of: daemon, within: 540)
      outcome.recovered(since: start)
      let peak = try ProcessFigures(of: daemon.processID).peakMemory
      // A scan in which nothing is new.
      let before = try ProcessFigures(of: daemon.processID).processorSeconds
      let again = MonotonicDeadline.microseconds()
      #expect(try places.neardup("rescan").exitStatus == .exited(0))
      try FileSystem.write(Note.text(entries), to: places.inDrop("last.txt"))
      try places.waitForRecords(documents + 1, of: daemon, within: 120)
      let scan = MonotonicDeadline.microseconds() - again
      let used = try ProcessFigures(of: daemon.processID).processorSeconds - before
      #expect(try daemon.stop(within: 60) == .exited(0))
      try outcome.check(
        places,
        paths: stride(from: 0, to: entries, by: 10).map { "all/\($0).txt" } + ["last.txt"])
      outcome.report(
        "VmHWM \(peak >> 20) MiB; a file beside a scan of all after \(scan / 1_000) ms, "
          + "\(used) s of processor")
      #expect(peak < (400 << 20) + documents << 11)
    }
  }
}
