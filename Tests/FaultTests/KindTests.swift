// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Names and kinds")
  struct Kinds {
    /// Root without the right to pass over permissions, as the service's own user is.
    static let bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]

    @Test("a path of 4,096 bytes below the drop directory", arguments: [false, true])
    func deep(thereAtStart: Bool) throws {
      let places = try FaultPlaces()
      defer { _ = try? Tool.run("rm", "-rf", places.drop) }
      let name = String(repeating: "d", count: 255)
      // Sixteen names with their slashes are 4,096 bytes; no call takes that as one path.
      let path = Array(repeating: name, count: 15) + [String(repeating: "f", count: 255)]
      if thereAtStart { try Self.write(Note.text(1), to: path, in: places.drop) }
      let daemon = try places.start()
      if !thereAtStart { try Self.write(Note.text(1), to: path, in: places.drop) }
      try places.waitForRecords(1, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.assigned.map(\.path) == [path.joined(separator: "/")])
      #expect(lines.skipped.isEmpty)
    }

    @Test("many levels: walked, or told of where their names are long", arguments: [1, 250])
    func levels(length: Int) throws {
      let levels = Faults.isExtended ? 3_000 : 1_000
      var outcome = Outcome("\(levels) levels of directories with names of \(length) bytes")
      let places = try FaultPlaces(settings: ["drop": "rescan-interval = \"0\""])
      defer { _ = try? Tool.run("rm", "-rf", places.drop) }
      let name = String(repeating: "d", count: length)
      let deepest = Array(repeating: name, count: levels)
      try Self.write(Note.text(1), to: deepest + ["deepest.txt"], in: places.drop)
      try Self.write(Note.text(2), to: deepest.prefix(20) + ["n.txt"], in: places.drop)
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher)
      let isWalked = length == 1
      var paths = [deepest.prefix(20).joined(separator: "/") + "/n.txt"]
      if isWalked { paths.append(deepest.joined(separator: "/") + "/deepest.txt") }
      try places.waitForRecords(paths.count, of: daemon, within: 60)
      if !isWalked { try messages.wait(for: "lies too deep") }
      try Moving.wait { try Noise.scans(places) > 0 }
      let scans = try Noise.scans(places)
      let before = try ProcessFigures(of: daemon.processID).processorSeconds
      #expect(try places.neardup("rescan").exitStatus == .exited(0))
      try Moving.wait { try Noise.scans(places) > scans }
      let figures = try ProcessFigures(of: daemon.processID)
      let used = figures.processorSeconds - before
      #expect(try daemon.stop(within: 30) == .exited(0))
      try outcome.check(places, paths: paths)
      #expect(messages.count(containing: "lies too deep") == (isWalked ? 0 : 1))
      #expect(figures.peakMemory < 200 << 20)
      outcome.report("a scan takes \(used) s of processor, VmHWM \(figures.peakMemory >> 20) MiB")
    }

    /// Goes down one name at a time, since the whole path is too long for any call.
    private static func write(_ text: [UInt8], to path: [String], in drop: String) throws {
      typealias OpenAt = (Int32, UnsafePointer<CChar>, Int32, mode_t) -> Int32
      let openAt: OpenAt = { openat($0, $1, $2, $3) }
      var directory = open(drop, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      for name in path.dropLast() {
        _ = mkdirat(directory, name, 0o755)
        let next = openAt(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
        close(directory)
        directory = next
      }
      defer { close(directory) }
      let file = openAt(directory, path[path.count - 1], O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw SystemCallFailure("openat", drop) }
      defer { close(file) }
      guard Glibc.write(file, text, text.count) == text.count else {
        throw SystemCallFailure("write", drop)
      }
    }

    @Test("a file without permission is told of, and recorded when it is given", .privileged)
    func permission() throws {
      var outcome = Outcome("permission of a file taken away and given back")
      let places = try FaultPlaces()
      let daemon = try places.start(launcher: Self.bound)
      try FileSystem.write(Note.text(1), to: places.base.path("outside/a.txt"))
      try FileSystem.setMode(places.base.path("outside/a.txt"), 0)
      try FileSystem.rename(places.base.path("outside/a.txt"), to: places.inDrop("a.txt"))
      try places.waitForRecords(1, of: daemon, within: 10)
      let mended = MonotonicDeadline.microseconds()
      try FileSystem.setMode(places.inDrop("a.txt"), 0o644)
      try places.waitForRecords(2, of: daemon, within: 10)
      outcome.recovered(since: mended)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.all.map(\.event) == ["skipped", "assigned"])
      #expect(lines.skipped.map(\.reason) == ["unreadable"])
      outcome.report()
    }

    @Test("a directory without permission is taken up when it is given", .privileged)
    func directoryPermission() throws {
      var outcome = Outcome("permission of a directory taken away and given back")
      let places = try FaultPlaces()
      try FileSystem.makeDirectory(places.inDrop("desk"))
      try FileSystem.write(Note.text(1), to: places.inDrop("desk/a.txt"))
      try FileSystem.setMode(places.inDrop("desk"), 0)
      let messages = try Messages()
      let daemon = try places.start(launcher: messages.launcher + Self.bound)
      try messages.wait(for: "cannot list a directory")
      let mended = MonotonicDeadline.microseconds()
      try FileSystem.setMode(places.inDrop("desk"), 0o755)
      try places.waitForRecords(1, of: daemon, within: 10)
      outcome.recovered(since: mended)
      try FileSystem.write(Note.text(2), to: places.inDrop("desk/b.txt"))
      try places.waitForRecords(2, of: daemon, within: 10)
      try outcome.finish(daemon, places, paths: ["desk/a.txt", "desk/b.txt"])
    }

    @Test(
      "the drop directory without permission is missing, and is back when it is given",
      .privileged)
    func dropPermission() throws {
      var outcome = Outcome("permission of the drop directory taken away and given back")
      let places = try FaultPlaces()
      let daemon = try places.start(launcher: Self.bound)
      try places.write(0..<10)
      try places.waitForRecords(10, of: daemon, within: 10)
      try FileSystem.setMode(places.drop, 0)
      try daemon.waitForStatus(containing: "missing \(places.drop) (Permission denied)")
      try places.write(10..<20)
      let mended = MonotonicDeadline.microseconds()
      try FileSystem.setMode(places.drop, 0o755)
      try places.waitForRecords(20, of: daemon, within: 10)
      outcome.recovered(since: mended)
      try outcome.finish(daemon, places, paths: (0..<20).map(FaultPlaces.name))
    }

    @Test("links out of it, loops, and files of 0 bytes, 1 byte and 10 GB", .privileged)
    func oddities() throws {
      let places = try FaultPlaces()
      let daemon = try places.start()
      try FileSystem.makeSymbolicLink(at: places.inDrop("shadow.txt"), to: "/etc/shadow")
      try FileSystem.makeSymbolicLink(at: places.inDrop("etc"), to: "/etc")
      try FileSystem.makeSymbolicLink(at: places.inDrop("loop"), to: "loop")
      try FileSystem.makeSymbolicLink(at: places.inDrop("self"), to: ".")
      try FileSystem.write([], to: places.inDrop("none.txt"))
      try FileSystem.write([0x78], to: places.inDrop("one.txt"))
      try FileSystem.write([], to: places.base.path("outside/sparse"))
      try FileSystem.truncate(places.base.path("outside/sparse"), to: 10 << 30)
      try FileSystem.rename(
        places.base.path("outside/sparse"), to: places.inDrop("sparse.txt"))
      try places.waitForRecords(7, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      let reasons = Dictionary(uniqueKeysWithValues: lines.skipped.map { ($0.path, $0.reason) })
      #expect(
        reasons == [
          "shadow.txt": "excluded-link", "etc": "excluded-link", "loop": "excluded-link",
          "self": "excluded-link", "none.txt": "empty", "one.txt": "too-short",
          "sparse.txt": "too-large",
        ])
    }
  }
}
