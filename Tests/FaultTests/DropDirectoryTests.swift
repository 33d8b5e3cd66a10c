// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Drop directory")
  struct DropDirectory {
    @Test("removed and made again", arguments: [1, 5])
    func removed(rounds: Int) throws {
      var outcome = Outcome("drop directory removed and made again", rounds: rounds)
      let places = try FaultPlaces()
      let daemon = try places.start()
      for round in 0..<rounds {
        try places.write([2 * round])
        try places.waitForRecords(2 * round + 1, of: daemon, within: 10)
        let seen = daemon.messages.count
        FileSystem.removeTree(places.drop)
        try daemon.waitForStatus(containing: "missing \(places.drop)", after: seen)
        let mended = MonotonicDeadline.microseconds()
        try FileSystem.makeDirectory(places.drop)
        try places.write([2 * round + 1])
        try places.waitForRecords(2 * round + 2, of: daemon, within: 10)
        outcome.recovered(since: mended)
        try daemon.waitForStatus(containing: "watching 1 directory", after: seen)
      }
      try outcome.finish(daemon, places, paths: (0..<(2 * rounds)).map(FaultPlaces.name))
    }

    @Test("replaced under load, many times")
    func replacedUnderLoad() throws {
      let rounds = Faults.isExtended ? 100 : 20
      var outcome = Outcome("drop directory renamed away and back under load", rounds: rounds)
      let places = try FaultPlaces()
      let daemon = try places.start()
      for round in 0..<rounds {
        try places.write((round * 50)..<(round * 50 + 50))
        try FileSystem.rename(places.drop, to: places.drop + ".away")
        if round % 2 == 0 {
          // Another directory has the name for a moment.
          try FileSystem.makeDirectory(places.drop)
          FileSystem.removeTree(places.drop)
        }
        try FileSystem.rename(places.drop + ".away", to: places.drop)
      }
      let mended = MonotonicDeadline.microseconds()
      try places.waitForRecords(rounds * 50, of: daemon, within: 20)
      outcome.recovered(since: mended)
      try places.write([rounds * 50])
      try places.waitForRecords(rounds * 50 + 1, of: daemon, within: 10)
      try outcome.finish(daemon, places, paths: (0...(rounds * 50)).map(FaultPlaces.name))
    }

    @Test("renamed away, and another made in its place")
    func renamedAway() throws {
      var outcome = Outcome("drop directory renamed away, another made")
      let places = try FaultPlaces()
      let daemon = try places.start()
      try places.write([0])
      try places.waitForRecords(1, of: daemon, within: 10)
      try FileSystem.rename(places.drop, to: places.drop + ".away")
      try FileSystem.makeDirectory(places.drop)
      let mended = MonotonicDeadline.microseconds()
      try places.write([1])
      try places.waitForRecords(2, of: daemon, within: 10)
      outcome.recovered(since: mended)
      // What lands in the old directory is no longer the daemon's business.
      try FileSystem.write(Note.text(9), to: places.drop + ".away/stranger.txt")
      try places.write([2])
      try places.waitForRecords(3, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
      try outcome.check(places, paths: (0..<3).map(FaultPlaces.name))
      #expect(try ClusterLogLines(at: places.log).lines(for: "stranger.txt").isEmpty)
      outcome.report()
    }

    @Test("mounted over, and unmounted", .privileged)
    func mountedOver() throws {
      let rounds = 5
      var outcome = Outcome("drop directory mounted over and unmounted", rounds: rounds)
      let places = try FaultPlaces()
      let daemon = try places.start()
      var total = 0
      for _ in 0..<rounds {
        try places.write([total])
        try places.waitForRecords(total + 1, of: daemon, within: 10)
        guard mount("tmpfs", places.drop, "tmpfs", 0, "size=1m") == 0 else {
          throw SystemCallFailure("mount", places.drop)
        }
        var mended = MonotonicDeadline.microseconds()
        try places.write([total + 1])
        try places.waitForRecords(total + 2, of: daemon, within: 10)
        outcome.recovered(since: mended)
        try Tool.run("umount", "-l", places.drop)
        mended = MonotonicDeadline.microseconds()
        try places.write([total + 2])
        try places.waitForRecords(total + 3, of: daemon, within: 10)
        outcome.recovered(since: mended)
        total += 3
      }
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
    }

    @Test("a file system below it mounted and unmounted", .privileged)
    func mountedBelow() throws {
      var outcome = Outcome("file system mounted below the drop directory")
      let places = try FaultPlaces()
      try FileSystem.makeDirectory(places.inDrop("desk"))
      let daemon = try places.start()
      guard mount("tmpfs", places.inDrop("desk"), "tmpfs", 0, "size=1m") == 0 else {
        throw SystemCallFailure("mount", places.drop)
      }
      let mended = MonotonicDeadline.microseconds()
      try FileSystem.write(Note.text(0), to: places.inDrop("desk/over.txt"))
      try places.waitForRecords(1, of: daemon, within: 10)
      try Tool.run("umount", "-l", places.inDrop("desk"))
      try FileSystem.write(Note.text(1), to: places.inDrop("desk/under.txt"))
      try places.waitForRecords(2, of: daemon, within: 10)
      outcome.recovered(since: mended)
      try outcome.finish(daemon, places, paths: ["desk/over.txt", "desk/under.txt"])
    }

    @Test("trees moved in, moved within, and made deep with a file at once")
    func trees() throws {
      let rounds = Faults.isExtended ? 500 : 60
      var outcome = Outcome("trees moved in, moved within, made deep", rounds: rounds)
      let places = try FaultPlaces()
      let daemon = try places.start()
      var paths: [String] = []
      for round in 0..<rounds {
        let tree = places.base.path("outside/tree-\(round)")
        try FileSystem.makeDirectory("\(tree)/a/b")
        try FileSystem.write(Note.text(4 * round), to: "\(tree)/a/b/one.txt")
        try FileSystem.write(Note.text(4 * round + 1), to: "\(tree)/two.txt")
        try FileSystem.rename(tree, to: places.inDrop("tree-\(round)"))
        paths += ["tree-\(round)/a/b/one.txt", "tree-\(round)/two.txt"]
        try FileSystem.makeDirectory(places.inDrop("deep-\(round)/x/y/z"))
        try FileSystem.write(
          Note.text(4 * round + 2), to: places.inDrop("deep-\(round)/x/y/z/3.txt"))
        paths.append("deep-\(round)/x/y/z/3.txt")
      }
      try places.waitForRecords(paths.count, of: daemon, within: 20)
      // A directory that changed its name is watched under the new one.
      for round in 0..<rounds {
        try FileSystem.rename(
          places.inDrop("deep-\(round)/x"), to: places.inDrop("deep-\(round)/w"))
        try FileSystem.write(
          Note.text(4 * round + 3), to: places.inDrop("deep-\(round)/w/y/z/4.txt"))
      }
      let start = MonotonicDeadline.microseconds()
      // The documents that moved have new paths, and with them records of the same content.
      try places.waitForRecords(paths.count + 2 * rounds, of: daemon, within: 20)
      outcome.recovered(since: start)
      paths += (0..<rounds).flatMap { ["deep-\($0)/w/y/z/3.txt", "deep-\($0)/w/y/z/4.txt"] }
      try outcome.finish(daemon, places, paths: paths)
    }

    @Test("three thousand directories")
    func thousands() throws {
      let count = 3000
      var outcome = Outcome("\(count) directories")
      let places = try FaultPlaces()
      for number in 0..<(count / 2) {
        try FileSystem.makeDirectory(places.inDrop("desk-\(number % 50)/day-\(number)"))
      }
      let daemon = try places.start()
      for number in (count / 2)..<count {
        try FileSystem.makeDirectory(places.inDrop("desk-\(number % 50)/day-\(number)"))
      }
      let start = MonotonicDeadline.microseconds()
      let paths = (0..<count).map { "desk-\($0 % 50)/day-\($0)/note.txt" }
      for (number, path) in paths.enumerated() {
        try FileSystem.write(Note.text(number), to: places.inDrop(path))
      }
      try places.waitForRecords(count, of: daemon, within: 60)
      outcome.recovered(since: start)
      try outcome.finish(daemon, places, paths: paths)
    }
  }
}
