// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Torn log")
  struct TornLog {
    private static func placesWithRecords() throws -> (FaultPlaces, [UInt8]) {
      let places = try FaultPlaces()
      try places.write(0..<6)
      try Self.runOnce(places)
      return (places, try FileSystem.read(places.log))
    }

    private static func runOnce(_ places: FaultPlaces) throws {
      let daemon = try places.launch(["--once"])
      #expect(try daemon.waitForExit(within: 20) == .exited(0), "\(daemon.standardError)")
    }

    @Test("cut at any byte of the last two lines, with and without a foreign tail")
    func cut() throws {
      let (places, whole) = try Self.placesWithRecords()
      let lineEnds = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      let start = lineEnds[lineEnds.count - 3] + 1
      // Every byte in the extended form; the same code is tested at every byte in ClusterLogTests.
      let cuts = Array(stride(from: start, to: whole.count, by: Faults.isExtended ? 1 : 23))
      var outcome = Outcome("log cut within its last two lines", rounds: cuts.count)
      for cut in cuts {
        try FileSystem.truncate(places.log, to: cut)
        try Self.runOnce(places)
        #expect(try FileSystem.read(places.log) == whole, "cut at byte \(cut)")
      }
      try outcome.check(places, paths: (0..<6).map(FaultPlaces.name))
      outcome.report()
    }

    @Test("emptied, missing, or an older copy")
    func replaced() throws {
      var outcome = Outcome("log emptied, missing, older copy", rounds: 3)
      let (places, whole) = try Self.placesWithRecords()
      let lineEnds = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      for content: [UInt8]? in [[], nil, Array(whole[...lineEnds[1]])] {
        try FileSystem.remove(places.log)
        if let content { try FileSystem.write(content, to: places.log) }
        try Self.runOnce(places)
        #expect(try FileSystem.read(places.log) == whole)
      }
      try outcome.check(places, paths: (0..<6).map(FaultPlaces.name))
      outcome.report()
    }

    @Test(
      "another file under its name is refused and left alone",
      arguments: ["a text of somebody\n", "{\"some\":\"json\"}\n", "\u{1}\u{2}\u{3}"])
    func foreign(content: String) throws {
      let (places, _) = try Self.placesWithRecords()
      try FileSystem.write(content.utf8, to: places.log)
      let daemon = try places.launch()
      #expect(try daemon.waitForExit(within: 10) == .exited(74))
      #expect(daemon.standardError.contains(places.log))
      #expect(daemon.standardError.contains("move the file away"))
      #expect(try FileSystem.read(places.log) == Array(content.utf8))
    }
  }
}
