// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  /// Values that anybody may set and that no arithmetic was made for.
  @Suite("Foreign values")
  struct ForeignValues {
    /// The years 1601, 1900, 2262, 2446 and what time_t ends with.
    private static let years = [
      -11_644_473_600, -2_208_988_800, 9_223_372_037, 15_032_385_535, Int.max, Int.min,
    ]

    @Test("a file, a directory and a log of any time", .privileged, arguments: years)
    func times(seconds: Int) throws {
      let small = try SmallFileSystem(kilobytes: 4_000)
      let places = try FaultPlaces(drop: small.path("drop"), log: small.path("log/log.jsonl"))
      try places.write(0..<3)
      try Stamps.set(places.inDrop(FaultPlaces.name(1)), seconds)
      try FileSystem.makeDirectory(places.inDrop("desk"))
      try Stamps.set(places.inDrop("desk"), seconds)
      for _ in 0..<2 {
        let daemon = try places.start()
        try places.waitForRecords(3, of: daemon, within: 10)
        try Stamps.set(places.inDrop(FaultPlaces.name(2)), seconds)
        #expect(try daemon.stop() == .exited(0))
        try Stamps.set(places.log, seconds)
        try FileSystem.write(
          try FileSystem.read(places.log), to: small.path("log/log.jsonl.1"))
        try Stamps.set(small.path("log/log.jsonl.1"), seconds)
      }
      var outcome = Outcome("a file of the second \(seconds)")
      try outcome.check(places, paths: (0..<3).map(FaultPlaces.name))
      outcome.report()
    }

    @Test(
      "a watchdog of any number of microseconds",
      arguments: ["1", "31557600000000000", "9223372036854775808", "18446744073709551614", "-3"])
    func watchdog(microseconds: String) throws {
      let places = try FaultPlaces()
      let daemon = try places.start(environment: ["WATCHDOG_USEC": microseconds])
      try places.write(0..<3)
      try places.waitForRecords(3, of: daemon, within: 10)
      #expect(try daemon.stop() == .exited(0))
    }
  }
}

/// Times of files beyond what tools take.
enum Stamps {
  static func set(_ path: String, _ seconds: Int) throws {
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    // A file system may cut the time to what it has room for, which is as good.
    guard utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw SystemCallFailure("utimensat", path)
    }
  }
}
