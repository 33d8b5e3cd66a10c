// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// What a fault test found, printed as a row of the table in README.md.
struct Outcome {
  let fault: String
  private var rounds = 1
  private var lost = 0
  private var repeated = 0
  private var recovery: Double?
  private let start = MonotonicDeadline.microseconds()

  init(_ fault: String, rounds: Int = 1) {
    self.fault = fault
    self.rounds = rounds
  }

  /// Takes the time from the end of the fault to the last record that it had held up.
  mutating func recovered(since instant: UInt64) {
    recovery = max(recovery ?? 0, Double(MonotonicDeadline.microseconds() - instant) / 1e6)
  }

  /// Compares the log with the files that were dropped, each with one content.
  mutating func check(
    _ places: FaultPlaces, paths: some Sequence<String>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var count = RecordCount(of: places.log)
    try count.readOn()
    lost += count.lost(of: paths)
    repeated += count.repeated
    #expect(count.lost(of: paths) == 0, "lost", sourceLocation: sourceLocation)
    #expect(count.repeated == 0, "repeated: \(count.reasons)", sourceLocation: sourceLocation)
    #expect(count.gaps == 0, "gaps in seq", sourceLocation: sourceLocation)
    #expect(try count.tornBytes() == 0, "a torn line", sourceLocation: sourceLocation)
    #expect(count.reasons == [:], sourceLocation: sourceLocation)
  }

  /// Stops the daemon, compares the log with the files that were dropped, and prints the row.
  mutating func finish(
    _ daemon: RunningDaemon, _ places: FaultPlaces, paths: some Sequence<String>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try daemon.stop(within: 30) == .exited(0), sourceLocation: sourceLocation)
    try check(places, paths: paths, sourceLocation: sourceLocation)
    report()
  }

  func report(_ note: String = "") {
    let seconds = Double(MonotonicDeadline.microseconds() - start) / 1e6
    let time = recovery.map { "\(($0 * 100).rounded() / 100) s" } ?? "–"
    let took = (seconds * 10).rounded() / 10
    print("| \(fault) | \(rounds) | \(lost) | \(repeated) | \(time) | \(note) | \(took) s |")
  }
}
