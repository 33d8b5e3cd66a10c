// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// The ways in which programs write files; settling takes 300 ms here.
  @Suite("Writers")
  struct Writers {
    private static let settings = ["drop": "settle = \"300ms\""]

    /// Waits on the monotonic clock, as the writers do that are imitated here.
    private static func pause(milliseconds: Int32) {
      poll(nil, 0, milliseconds)
    }

    /// The content versions of a path in order: `replaces` links each to the one before.
    private static func expectVersions(
      _ expected: [[UInt8]], of path: String, in lines: ClusterLogLines,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let versions = lines.lines(for: path).filter(\.isAssigned)
      #expect(
        versions.map { $0["bytes"]?.integer } == expected.map(\.count),
        sourceLocation: sourceLocation)
      for (before, after) in zip(versions, versions.dropFirst()) {
        #expect(after["replaces"]?.integer == before.document, sourceLocation: sourceLocation)
      }
      #expect(lines.skipped.isEmpty, sourceLocation: sourceLocation)
      #expect(lines.brokenPromises == [], sourceLocation: sourceLocation)
    }

    /// Delivers a last document and stops: what was not recorded by then will not be.
    private static func finish(
      _ daemon: RunningDaemon, _ places: FaultPlaces, records: Int
    ) throws -> ClusterLogLines {
      try places.waitForRecords(records, of: daemon, within: 15)
      pause(milliseconds: 700)
      try places.base.deliver(Note.text(999_999), as: "last.txt")
      let lines = try daemon.waitForLog("last.txt", within: 15) {
        !$0.lines(for: "last.txt").isEmpty
      }
      #expect(try daemon.stop() == .exited(0))
      return lines
    }

    @Test("open, append, close with pauses shorter than the settling: one record")
    func shortPauses() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let text = Note.text(1, words: 200)
      for start in stride(from: 0, to: text.count, by: 200) {
        let piece = text[start..<min(start + 200, text.count)]
        try FileSystem.append(piece, to: places.inDrop("a.txt"))
        Self.pause(milliseconds: 60)
      }
      let lines = try Self.finish(daemon, places, records: 1)
      Self.expectVersions([text], of: "a.txt", in: lines)
    }

    @Test("open, append, close with pauses longer than the settling: a record each")
    func longPauses() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let pieces = (0..<3).map { Note.text($0) }
      for (number, piece) in pieces.enumerated() {
        try FileSystem.append(piece, to: places.inDrop("a.txt"))
        try places.waitForRecords(number + 1, of: daemon, within: 10)
      }
      let lines = try Self.finish(daemon, places, records: 3)
      let versions = (1...3).map { Array(pieces[..<$0].joined()) }
      Self.expectVersions(versions, of: "a.txt", in: lines)
    }

    @Test("a writer that holds the file open: one record when it closes")
    func heldOpen() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let descriptor = open(places.inDrop("a.txt"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      #expect(descriptor >= 0)
      var text: [UInt8] = []
      // Minutes in the extended form.
      for number in 0..<(Faults.isExtended ? 90 : 3) {
        let piece = Note.text(number)
        #expect(write(descriptor, piece, piece.count) == piece.count)
        text += piece
        Self.pause(milliseconds: 1000)
      }
      #expect(try ClusterLogLines(at: places.log).all.isEmpty)
      close(descriptor)
      let lines = try Self.finish(daemon, places, records: 1)
      Self.expectVersions([text], of: "a.txt", in: lines)
    }

    @Test("a writer through a mapping, which no event tells of")
    func mapped() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let text = Note.text(1)
      let other = Note.text(2).prefix(text.count)
      let daemon = try places.start()
      let descriptor = open(places.inDrop("a.txt"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      #expect(ftruncate(descriptor, off_t(text.count)) == 0)
      let memory = mmap(nil, text.count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
      close(descriptor)
      memory?.copyMemory(from: text, byteCount: text.count)
      Self.pause(milliseconds: 1000)
      #expect(try ClusterLogLines(at: places.log).all.isEmpty)
      memory?.copyMemory(from: Array(other), byteCount: other.count)
      munmap(memory, text.count)
      let lines = try Self.finish(daemon, places, records: 1)
      Self.expectVersions([text], of: "a.txt", in: lines)
    }

    @Test("truncated to zero and written anew, at once and slowly")
    func rewritten() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let versions = (1...3).map { Note.text($0, words: 10 + $0) }
      for (number, version) in versions.enumerated() {
        let descriptor = open(
          places.inDrop("a.txt"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        // The file is empty for longer than the settling takes, but open.
        if number == 2 { Self.pause(milliseconds: 800) }
        #expect(write(descriptor, version, version.count) == version.count)
        close(descriptor)
        try places.waitForRecords(number + 1, of: daemon, within: 10)
      }
      let lines = try Self.finish(daemon, places, records: 3)
      Self.expectVersions(versions, of: "a.txt", in: lines)
    }

    @Test("the same name replaced a hundred times, waited for each time")
    func replacedSlowly() throws {
      let rounds = 100
      let outcome = Outcome("same name replaced by renaming", rounds: rounds)
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let versions = (0..<rounds).map { Note.text($0, words: 4 + $0) }
      for (number, version) in versions.enumerated() {
        try places.base.deliver(version, as: "a.txt")
        try places.waitForRecords(number + 1, of: daemon, within: 10)
      }
      let lines = try Self.finish(daemon, places, records: rounds)
      Self.expectVersions(versions, of: "a.txt", in: lines)
      outcome.report()
    }

    @Test("the same name replaced a hundred times at once: the last content is recorded")
    func replacedFast() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      for number in 0..<100 {
        try places.base.deliver(Note.text(number, words: 4 + number), as: "a.txt")
      }
      let final = Note.text(99, words: 103).count
      let lines = try daemon.waitForLog("the last content") {
        $0.lines(for: "a.txt").last?["bytes"]?.integer == final
      }
      #expect(try daemon.stop() == .exited(0))
      #expect(lines.brokenPromises == [])
      #expect(lines.skipped.isEmpty)
    }

    @Test("a copy that keeps its old times, over a file of the same size")
    func oldTimes() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let first = Array(Note.text(1).prefix(120))
      let second = Array(Note.text(2).prefix(120))
      for (number, text) in [first, second].enumerated() {
        let source = "\(places.base.outside)/source"
        try FileSystem.write(text, to: source)
        try Tool.run("touch", "-d", "2001-02-03 04:05:06", source)
        try Tool.run("cp", "-p", source, places.inDrop("a.txt"))
        try places.waitForRecords(number + 1, of: daemon, within: 10)
      }
      let lines = try Self.finish(daemon, places, records: 2)
      Self.expectVersions([first, second], of: "a.txt", in: lines)
    }

    /// What a program copied into the drop directory has one record, with all of its content.
    private static func expectOneRecord(
      sourceLocation: SourceLocation = #_sourceLocation,
      copied copy: (_ source: String, FaultPlaces) throws -> Void
    ) throws {
      let places = try FaultPlaces(settings: settings)
      let daemon = try places.start()
      let text = Note.text(1, words: 20_000)
      let source = "\(places.base.outside)/a.txt"
      try FileSystem.write(text, to: source)
      try copy(source, places)
      let lines = try finish(daemon, places, records: 1)
      expectVersions([text], of: "a.txt", in: lines, sourceLocation: sourceLocation)
    }

    @Test("programs that copy and move", arguments: ["cp", "mv", "install"])
    func copying(program: String) throws {
      try Self.expectOneRecord { try Tool.run(program, $0, $1.inDrop("a.txt")) }
    }

    /// Without a host, scp copies by a child of its own.
    @Test("scp", .tool("scp"))
    func scp() throws {
      try Self.expectOneRecord { try Tool.run("scp", $0, $1.inDrop("a.txt")) }
    }

    @Test("rsync", .tool("rsync"))
    func rsync() throws {
      try Self.expectOneRecord { try Tool.run("rsync", "-a", $0, $1.inDrop("a.txt")) }
    }

    @Test("tar")
    func unpacking() throws {
      try Self.expectOneRecord { _, places in
        let archive = places.base.path("t.tar")
        try Tool.run("tar", "-C", places.base.outside, "-cf", archive, "a.txt")
        try Tool.run("tar", "-C", places.drop, "-xf", archive)
      }
    }

    @Test("a temporary name first, as an FTP server does it")
    func temporaryName() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let text = Note.text(1, words: 400)
      for start in stride(from: 0, to: text.count, by: 800) {
        try FileSystem.append(
          text[start..<min(start + 800, text.count)], to: places.inDrop("a.txt.part"))
      }
      try FileSystem.rename(places.inDrop("a.txt.part"), to: places.inDrop("a.txt"))
      let lines = try Self.finish(daemon, places, records: 1)
      Self.expectVersions([text], of: "a.txt", in: lines)
    }

    @Test("a large file that changes all the while is recorded once, when it is quiet")
    func changing() throws {
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try places.start()
      let path = places.inDrop("a.txt")
      try FileSystem.write(Note.text(0, words: 200_000), to: path)
      for number in 0..<150 {
        try FileSystem.append(Note.text(number, words: 3), to: path)
        Self.pause(milliseconds: 20)
      }
      let size = try FileSystem.read(path).count
      let lines = try Self.finish(daemon, places, records: 1)
      #expect(lines.lines(for: "a.txt").map { $0["bytes"]?.integer } == [size])
      #expect(lines.brokenPromises == [])
    }

    @Test("a file beyond the largest size that grows while it is open: one record when it closes")
    func growingBeyondTheLimit() throws {
      let places = try FaultPlaces(
        settings: ["drop": "settle = \"300ms\"\nmax-size = \"1KiB\""])
      let daemon = try places.start()
      let descriptor = open(places.inDrop("a.txt"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      #expect(descriptor >= 0)
      let piece = Note.text(1, words: 200)
      for _ in 0..<4 {
        #expect(write(descriptor, piece, piece.count) == piece.count)
        Self.pause(milliseconds: 600)
      }
      #expect(try ClusterLogLines(at: places.log).all.isEmpty)
      close(descriptor)
      let lines = try Self.finish(daemon, places, records: 1)
      #expect(lines.lines(for: "a.txt").map(\.reason) == ["too-large"])
      let detail = lines.lines(for: "a.txt").first?["detail"]?.string ?? ""
      #expect(detail.hasPrefix("\(4 * piece.count) bytes"))
    }

    @Test("writers between two openings while scans go on")
    func scannedMeanwhile() throws {
      // An event queue of 16 overflows all the time, so that scans find the files first.
      let places = try FaultPlaces(settings: Self.settings)
      let daemon = try KernelSetting.queuedEvents.with(16) { try places.start() }
      let count = 40
      for piece in 0..<8 {
        for number in 0..<count {
          try FileSystem.append(
            Note.text(number * 8 + piece), to: places.inDrop(FaultPlaces.name(number)))
        }
        Self.pause(milliseconds: 50)
      }
      let lines = try Self.finish(daemon, places, records: count)
      #expect(lines.assigned.count == count + 1)
      #expect(lines.brokenPromises == [])
    }
  }
}
