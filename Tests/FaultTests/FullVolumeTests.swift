// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// File systems that find room for what is overwritten, too, or take their time to say that there
  /// is none.
  @Suite("Full volume")
  struct FullVolume {
    static let kinds: [LoopFileSystem.Kind] = [.btrfs, .xfs].filter(\.isPossible)

    @Test(
      "full to the last block: intake pauses, and goes on by itself", .loopMounts, arguments: kinds)
    func full(kind: LoopFileSystem.Kind) throws {
      let rounds = Faults.isExtended ? 10 : 1
      var outcome = Outcome("full \(kind.rawValue) under state and log", rounds: rounds)
      let loop = try LoopFileSystem(megabytes: 0, kind)
      let places = try FaultPlaces(
        state: loop.path("state"), log: loop.path("log/clusters.jsonl"))
      let daemon = try places.start()
      try places.write(0..<200)
      try places.waitForRecords(200, of: daemon, within: 20)
      var total = 200
      for _ in 0..<rounds {
        let seen = daemon.messages.count
        Self.fill(loop)
        var isFull = false
        for _ in 0..<20 where !isFull {
          try places.write(total..<(total + 200))
          total += 200
          let found = try? daemon.waitForStatus(
            containing: "cannot write \(loop.path)", after: seen, within: 2)
          isFull = found != nil
          // What was set free by committing is taken as well.
          if !isFull { Self.fill(loop) }
        }
        #expect(isFull)
        let freed = MonotonicDeadline.microseconds()
        FileSystem.removeTree(loop.path("ballast"))
        try places.waitForRecords(total, of: daemon, within: 60)
        outcome.recovered(since: freed)
      }
      try outcome.finish(daemon, places, paths: (0..<total).map(FaultPlaces.name))
      #expect(try places.neardup("verify").exitStatus == .exited(0))
    }

    /// Writes until nothing more goes in, in large pieces and then in small ones.
    private static func fill(_ loop: LoopFileSystem) {
      try? FileSystem.makeDirectory(loop.path("ballast"))
      let count = (try? FileSystem.names(in: loop.path("ballast")).count) ?? 0
      for (number, size) in [1 << 20, 4_096].enumerated() {
        let path = loop.path("ballast/\(count + number)")
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        let block = [UInt8](repeating: 0x5A, count: size)
        while write(file, block, size) > 0 {}
        _ = fsync(file)
        close(file)
      }
    }
  }
}
