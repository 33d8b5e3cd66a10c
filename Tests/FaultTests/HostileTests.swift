// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Documents that somebody wrote to slow the daemon down, or to make it take memory.
  @Suite("Hostile documents")
  struct Hostile {
    enum Document: String, CaseIterable {
      case oneWord, oneLine, distinctWords, combiningMarks, openTags, entities, badBytes, ideographs

      /// Up to thirty million bytes.
      var bytes: [UInt8] {
        switch self {
        case .oneWord: repeated("harbour ", 1_000_000)
        case .oneLine: repeated("the ferry line has no end and no full stop ", 700_000)
        case .distinctWords: Note.text(5, words: 1_000_000)
        case .combiningMarks: Array("one two three four a".utf8) + repeated("\u{301}", 5_000_000)
        case .openTags: Array("<html><body>".utf8) + repeated("<div title='>'", 1_000_000)
        case .entities: Array("<html><p>".utf8) + repeated("&amp;&#x26;&hellip;&", 800_000)
        case .badBytes:
          Array("one two three ".utf8) + (0..<8_000_000).map { UInt8($0 % 97 | 0x80) }
        case .ideographs: repeated("漢字仮名交文", 500_000)
        }
      }

      private func repeated(_ text: String, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * count)
        for _ in 0..<count { bytes += text.utf8 }
        return bytes
      }
    }

    @Test(
      "takes a second per megabyte at most, memory in bounds, and holds nobody up for good",
      arguments: Document.allCases)
    func single(document: Document) throws {
      var outcome = Outcome("hostile document: \(document.rawValue)")
      let places = try FaultPlaces(settings: ["drop": "max-size = \"64MiB\""])
      let daemon = try places.start()
      let bytes = document.bytes
      let dropped = MonotonicDeadline.microseconds()
      // Twice, one word apart, so that the one is compared with the other.
      for number in 0..<2 {
        try places.base.deliver(bytes + Array(" \(number)".utf8), as: "hostile-\(number).txt")
      }
      try places.write(0..<10)
      // Two documents, each read and compared: a second per megabyte, and some for a busy machine.
      let allowed = 10 + 2 * Double(bytes.count) / 1e6
      try places.waitForRecords(12, of: daemon, within: allowed)
      outcome.recovered(since: dropped)
      let peak = try ProcessFigures(of: daemon.processID).peakMemory
      #expect(try daemon.stop(within: 60) == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.decided == 12)
      // A word takes up to 200 bytes while its text is made ready and compared with another.
      let words = lines.assigned.reduce(0) { max($0, $1["words"]?.integer ?? 0) }
      #expect(peak < (160 << 20) + 200 * words)
      outcome.report("\(bytes.count / 1_000_000) MB twice, VmHWM \(peak >> 20) MiB")
    }

    @Test("one shingle shared with everything makes no document near and none slow")
    func commonShingle() throws {
      let count = Faults.isExtended ? 50_000 : 5_000
      var outcome = Outcome("\(count) documents that share a sentence")
      let places = try FaultPlaces()
      let daemon = try places.start()
      let shared = Array("all rights reserved by the harbour office of the old town. ".utf8)
      let dropped = MonotonicDeadline.microseconds()
      for number in 0..<count {
        try FileSystem.write(
          shared + Note.text(number, words: 40), to: places.inDrop(FaultPlaces.name(number)))
      }
      try places.waitForRecords(count, of: daemon, within: 60 + Double(count) / 200)
      outcome.recovered(since: dropped)
      #expect(try daemon.stop(within: 60) == .exited(0))
      try outcome.check(places, paths: (0..<count).map(FaultPlaces.name))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.partition.count == count)
      outcome.report("\(lines.partition.count) clusters")
    }
  }
}
