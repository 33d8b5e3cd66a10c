// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// `neardup tail` on the log of a real daemon.
@Suite("Tail", .timeLimit(.minutes(10)))
struct TailTests {
  private func follow(_ places: Workplace, _ more: String...) throws -> ChildProcess {
    try ChildProcess(
      BuiltProgram.companion.path, ["tail"] + more + places.companionOptions,
      environment: DaemonBinary.environment)
  }

  /// Waits until so many lines were printed.
  private func lines(_ count: Int, of process: ChildProcess) throws -> [String] {
    let deadline = MonotonicDeadline(seconds: 20)
    while true {
      let lines = process.standardOutput.split(separator: "\n").map(String.init)
      if lines.count >= count { return lines }
      if deadline.hasPassed {
        throw Overdue("\(count) lines of tail", 20, found: process.standardOutput)
      }
      var nothing = pollfd(fd: -1, events: 0, revents: 0)
      poll(&nothing, 0, 20)
    }
  }

  @Test("each decision is told once as it is made, through a rotation")
  func following() throws {
    let places = try Workplace()
    let tail = try follow(places)
    let daemon = try places.start()
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "a.txt")
    try daemon.waitForRecords(1)
    #expect(try lines(1, of: tail)[0].contains("first      c1        a.txt"))
    try FileSystem.rename(places.log, to: places.log + ".1")
    daemon.send(SIGHUP)
    try places.deliver(Fixtures.wireStory("b-long-copy.txt"), as: "b.txt")
    try places.deliver([], as: "c.txt")
    let shown = try lines(3, of: tail)
    #expect(shown.count == 3)
    #expect(shown[1].contains("near       c1        b.txt: like a.txt"))
    #expect(shown[2].contains("skipped    -         c.txt: empty"))
    #expect(try daemon.stop() == .exited(0))
    #expect(tail.exitStatus == nil)
    tail.send(SIGTERM)
    _ = try tail.waitForExit(within: 10)
  }

  @Test("records are selected by cluster, relation and refusal")
  func filters() throws {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    try places.write([], to: "z.txt")
    #expect(try places.runOnce() == .exited(0))
    func count(_ more: String...) throws -> Int {
      let run = try places.neardup(["tail", "--no-follow"] + more)
      #expect(run.exitStatus == .exited(0), "\(run.standardError)")
      return run.standardOutput.split(separator: "\n").count
    }
    #expect(try count() == 6)
    #expect(try count("-n", "2") == 2)
    #expect(try count("--skipped") == 1)
    #expect(try count("--relation", "near") == 3)
    #expect(try count("--relation", "first", "--skipped") == 3)
    #expect(try count("--cluster", "c1") == 4)
    let raw = try places.neardup("tail", "--no-follow", "--json")
    #expect(Array(raw.standardOutput.utf8) == (try FileSystem.read(places.log)))
  }

  /// Records three more files and puts the log aside under a name.
  private func recordThree(_ places: Workplace, from first: Int, rotatedTo suffix: String?) throws {
    for number in first..<first + 3 {
      try places.write([UInt8(0x30 + number)], to: "\(number).txt")
    }
    #expect(try places.runOnce() == .exited(0))
    guard let suffix else { return }
    let bytes = try FileSystem.read(places.log)
    try FileSystem.remove(places.log)
    try FileSystem.write(
      suffix.hasSuffix(".gz") ? GzipFile.compressed(bytes) : bytes, to: places.log + suffix)
  }

  @Test("a reader goes on behind the record it was done with, across rotations and compression")
  func resuming() throws {
    let places = try Workplace()
    try recordThree(places, from: 1, rotatedTo: ".2.gz")
    try recordThree(places, from: 4, rotatedTo: ".1")
    try recordThree(places, from: 7, rotatedTo: nil)
    func sequences(from first: Int) throws -> [Int] {
      let run = try places.neardup("tail", "--json", "--from-seq", "\(first)", "--no-follow")
      #expect(run.exitStatus == .exited(0), "\(run.standardError)")
      return try run.standardOutput.split(separator: "\n").map {
        try JSONValue(parsing: $0.utf8)["seq"]?.integer ?? 0
      }
    }
    for first in 1...10 { #expect(try sequences(from: first) == Array(first..<max(first, 10))) }
    let tail = try follow(places, "--json", "--from-seq", "3")
    #expect(try lines(7, of: tail).count == 7)
    let daemon = try places.start()
    try places.deliver([], as: "more.txt")
    try daemon.waitForRecords(4)
    #expect(try lines(8, of: tail)[7].contains("\"seq\":10,"))
    #expect(try daemon.stop() == .exited(0))
    tail.send(SIGTERM)
    _ = try tail.waitForExit(within: 10)
    try FileSystem.remove(places.log + ".1")
    let holed = try places.neardup("tail", "--json", "--from-seq", "3", "--no-follow")
    #expect(holed.standardOutput.split(separator: "\n").count == 5)
    #expect(holed.standardError.contains("records 4 to 6 are in no part of the log any more"))
  }

  @Test("a follower that was held up goes on through two rotations, the first one compressed")
  func heldUp() throws {
    let places = try Workplace()
    try recordThree(places, from: 1, rotatedTo: nil)
    let tail = try follow(places, "--json", "--from-seq", "2")
    #expect(try lines(2, of: tail).count == 2)
    tail.send(SIGSTOP)
    try recordThree(places, from: 4, rotatedTo: ".2.gz")
    try recordThree(places, from: 7, rotatedTo: ".1")
    try recordThree(places, from: 10, rotatedTo: nil)
    tail.send(SIGCONT)
    let numbers = try lines(11, of: tail).map {
      try JSONValue(parsing: $0.utf8)["seq"]?.integer ?? 0
    }
    #expect(numbers == Array(2...12))
    tail.send(SIGTERM)
    _ = try tail.waitForExit(within: 10)
    #expect(tail.standardError.isEmpty, "\(tail.standardError)")
  }

  @Test("it ends when nobody reads any more, without a word and without a new record")
  func closedPipe() throws {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    let words = [BuiltProgram.companion.path, "tail"] + places.companionOptions
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let shell = try ChildProcess(
      "/bin/sh", ["-c", "\(quoted) | head -n 1"], environment: DaemonBinary.environment)
    #expect(try shell.waitForExit(within: 15) == .exited(0))
    #expect(shell.standardOutput.split(separator: "\n").count == 1)
    #expect(shell.standardError == "")
  }

  @Test("a log that cannot be read is an error, one that is still to come is waited for")
  func missing() throws {
    let places = try Workplace()
    let run = try places.neardup("tail", "--no-follow")
    #expect(run.exitStatus == .exited(74))
    #expect(run.standardError.contains(places.log))
    try FileSystem.makeDirectory(places.log)
    #expect(try places.neardup("tail").exitStatus == .exited(74))
  }
}
