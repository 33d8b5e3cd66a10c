// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

extension Faults {
  @Suite("Clock")
  struct Clock {
    /// A library that moves the wall clock of one process by the seconds in a file, and nothing
    /// else; libfaketime also changes how long timers take.
    private static let source = """
      #define _GNU_SOURCE
      #include <stdio.h>
      #include <stdlib.h>
      #include <sys/syscall.h>
      #include <time.h>
      #include <unistd.h>
      int clock_gettime(clockid_t clock, struct timespec *now) {
        int result = syscall(SYS_clock_gettime, clock, now);
        FILE *file = clock == CLOCK_REALTIME ? fopen(getenv("WALL_CLOCK_SHIFT"), "re") : NULL;
        long shift = 0;
        if (file) {
          if (fscanf(file, "%ld", &shift) == 1) now->tv_sec += shift;
          fclose(file);
        }
        return result;
      }
      """

    @Test(
      "the wall clock set back and forward by a day while it runs",
      .enabled("needs a C compiler named cc") { Tool.isThere("cc") })
    func steps() throws {
      let day = 86_400
      let steps = [-day, day, 0, -day, 0]
      var outcome = Outcome("wall clock set back and forward by a day", rounds: steps.count)
      let places = try FaultPlaces()
      let library = places.base.path("clock.so")
      try FileSystem.write(Self.source.utf8, to: places.base.path("clock.c"))
      try Tool.run("cc", "-shared", "-fPIC", "-o", library, places.base.path("clock.c"))
      let shift = places.base.path("shift")
      try FileSystem.write("0\n".utf8, to: shift)
      // Beside what a sanitizer needs.
      let preloaded = DaemonBinary.environment["LD_PRELOAD"].map { "\($0):\(library)" } ?? library
      let daemon = try places.start(environment: [
        "LD_PRELOAD": preloaded, "WALL_CLOCK_SHIFT": shift, "WATCHDOG_USEC": "1000000",
      ])
      var total = 0
      for step in steps {
        let set = MonotonicDeadline.microseconds()
        try FileSystem.write("\(step)\n".utf8, to: shift + ".new")
        try FileSystem.rename(shift + ".new", to: shift)
        try places.write(total..<(total + 50))
        try FileSystem.makeDirectory(places.inDrop("desk-\(total)"))
        try FileSystem.write(Note.text(total + 50), to: places.inDrop("desk-\(total)/note.txt"))
        total += 51
        try places.waitForRecords(total, of: daemon, within: 10)
        outcome.recovered(since: set)
        let seen = daemon.messages.count
        try daemon.waitForMessage("WATCHDOG=1", after: seen, within: 5) { $0["WATCHDOG"] == "1" }
      }
      #expect(try daemon.stop() == .exited(0))
      let lines = try ClusterLogLines(at: places.log)
      #expect(lines.brokenPromises == [])
      #expect(lines.assigned.count == total)
      // It did see the steps: the days differ.
      #expect(Set(lines.all.compactMap { $0["time"]?.string?.prefix(10) }).count >= 3)
      outcome.report()
    }
  }
}
