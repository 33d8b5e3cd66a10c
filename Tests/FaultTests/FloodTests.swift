// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Flood and hog")
  struct Flood {
    @Test("small files beside five of the largest size: bounded memory, nobody starves")
    func flood() throws {
      let small = Faults.isExtended ? 100_000 : 5_000
      let size = 16 << 20
      var outcome = Outcome("\(small) small files beside five of 16 MiB")
      let places = try FaultPlaces()
      let staged = places.base.path("outside/hog")
      // One text of the largest size, of many different words; its copies differ in one line.
      var hog: [UInt8] = []
      hog.reserveCapacity(size)
      var number = 0
      while hog.count < size {
        hog += Note.text(1_000_000 + number, words: 400)
        number += 1
      }
      hog.removeLast(hog.count - size)
      let daemon = try places.start()
      let before = try ProcessFigures(of: daemon.processID).peakMemory
      var names: [String] = []
      for number in 0..<5 {
        hog.replaceSubrange(0..<4, with: Array("ho\(number) ".utf8))
        try FileSystem.write(hog, to: staged)
        try FileSystem.rename(staged, to: places.inDrop("hog-\(number).txt"))
        names.append("hog-\(number).txt")
      }
      let dropped = MonotonicDeadline.microseconds()
      try places.write(0..<small)
      var curve: [String] = []
      for step in 1...10 {
        // For all of them, not for each tenth.
        let left = 400 - Double(MonotonicDeadline.microseconds() - dropped) / 1e6
        try places.waitForRecords((small + 5) * step / 10, of: daemon, within: max(1, left))
        let resident = try ProcessFigures(of: daemon.processID).residentMemory
        curve.append("\(resident >> 20)")
      }
      outcome.recovered(since: dropped)
      let peak = try ProcessFigures(of: daemon.processID).peakMemory
      #expect(try daemon.stop(within: 60) == .exited(0))
      try outcome.check(places, paths: names + (0..<small).map(FaultPlaces.name))
      outcome.report(
        "VmHWM \(peak >> 20) MiB, \(before >> 20) MiB before; VmRSS at each tenth of the records "
          + curve.joined(separator: ", "))
      // One text of 16 MiB at a time, since it alone is more than in-flight-bytes: as read, made
      // ready for the comparison (ten times that), and up to twice that of those it is compared
      // with. Two kilobytes per document in the index.
      #expect(peak < (720 << 20) + small << 11)
    }
  }
}
