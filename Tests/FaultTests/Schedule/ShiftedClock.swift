// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// A library that moves the wall clock of one process by the seconds in a file, and nothing else;
/// libfaketime also changes how long timers take.
final class ShiftedClock: Sendable {
  private let directory: TemporaryDirectory

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

  /// Builds it; the clock is right until it is set.
  init() throws {
    directory = try TemporaryDirectory()
    try FileSystem.write(Self.source.utf8, to: directory.path("clock.c"))
    try Tool.run(
      "cc", "-shared", "-fPIC", "-o", directory.path("clock.so"), directory.path("clock.c"))
    try set(0)
  }

  /// What a process is to be started with.
  var environment: [String: String] {
    let library = directory.path("clock.so")
    // Beside what a sanitizer needs.
    let preloaded = DaemonBinary.environment["LD_PRELOAD"].map { "\($0):\(library)" } ?? library
    return ["LD_PRELOAD": preloaded, "WALL_CLOCK_SHIFT": directory.path("shift")]
  }

  /// Sets it to so many seconds ahead of the real one, or behind.
  func set(_ seconds: Int) throws {
    try FileSystem.write("\(seconds)\n".utf8, to: directory.path("new"))
    try FileSystem.rename(directory.path("new"), to: directory.path("shift"))
  }
}

extension Trait where Self == ConditionTrait {
  static var shiftedClock: Self {
    .enabled("needs a C compiler named cc") { Tool.isThere("cc") }
  }
}
