// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(5)))
struct ConfinedProgramTests {
  private func run(
    _ command: String..., input: String = "", limits: ExtractionLimits = .init(),
    isStopped: () -> Bool = { false }
  ) -> ConfinedProgram.Outcome {
    ConfinedProgram(path: command[0], arguments: Array(command.dropFirst()))
      .run(Array(input.utf8), limits, isStopped: isStopped)
  }

  private func output(_ outcome: ConfinedProgram.Outcome) -> String? {
    guard case .output(let bytes) = outcome else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func readsItsInputAndGivesItsOutput() {
    #expect(output(run("/bin/cat", input: "one two")) == "one two")
    // More than a pipe holds, and it can be read from any place.
    let long = String(repeating: "word ", count: 100_000)
    #expect(output(run("/usr/bin/tail", "-c", "+2", input: long)) == String(long.dropFirst()))
  }

  @Test func inheritsNeitherEnvironmentNorDescriptors() {
    setenv("NEARDUPD_SECRET", "1", 1)
    #expect(output(run("/usr/bin/env")) == "LC_ALL=C.UTF-8\nPWD=/proc/self/cwd\n")
    // One that a program would inherit, and at a number that nobody expects.
    let open = dup2(STDERR_FILENO, 200)
    defer { close(open) }
    #expect(open == 200)
    // The fourth is that of the listing itself.
    #expect(output(run("/bin/ls", "/proc/self/fd")) == "0\n1\n2\n3\n")
  }

  @Test func standsInAnEmptyDirectoryWhereNothingCanBeMade() {
    #expect(output(run("/bin/ls", "-A")) == "")
    guard case .ended = run("/usr/bin/touch", "file") else {
      Issue.record("a file was made")
      return
    }
  }

  @Test func hasNoPrivilegesToGainAndNoSignalsIgnored() throws {
    let status = try #require(output(run("/bin/cat", "/proc/self/status")))
    #expect(status.contains("NoNewPrivs:\t1\n"))
    let ignored = status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
    let signals = try #require(ignored.flatMap { UInt64($0.suffix(16), radix: 16) })
    // Not those of the C library, which the test may have been started with.
    for signal in [SIGPIPE, SIGIO, SIGXFSZ, SIGTERM] {
      #expect(signals >> UInt64(signal - 1) & 1 == 0)
    }
    #expect(status.contains("SigBlk:\t0000000000000000\n"))
  }

  static let canSeparate: Bool = {
    let trial = try? ChildProcess("/usr/bin/unshare", ["--user", "--net", "true"])
    return (try? trial?.waitForExit(within: 10)) == .exited(0)
  }()

  @Test(.enabled(if: canSeparate, "the kernel grants no namespaces here"))
  func hasNoNetwork() throws {
    let devices = try #require(output(run("/bin/cat", "/proc/self/net/dev")))
    let names = devices.split(separator: "\n").dropFirst(2).compactMap {
      $0.split(separator: ":").first
    }
    #expect(names.allSatisfy { $0.hasSuffix(" lo") }, "\(devices)")
  }

  @Test func aTimeOutEndsAllThatItStarted() throws {
    let place = try TemporaryDirectory()
    let file = place.path("child")
    let outcome = run(
      "/bin/sh", "-c", "sleep 1000 & echo $! >\(file); wait",
      limits: ExtractionLimits(time: 500_000_000))
    #expect(outcome == .tooLong)
    let written = String(decoding: try FileSystem.read(file), as: UTF8.self)
    let child = try #require(written.split(separator: "\n").first.flatMap { pid_t($0) })
    let deadline = MonotonicDeadline(seconds: 10)
    while isAlive(child), !deadline.hasPassed { usleep(10_000) }
    #expect(!isAlive(child))
  }

  /// One that nobody has waited for is dead all the same.
  private func isAlive(_ process: pid_t) -> Bool {
    guard let bytes = try? FileSystem.read("/proc/\(process)/stat") else { return false }
    let state = String(decoding: bytes, as: UTF8.self).split(separator: ")").last
    return state?.hasPrefix(" Z") == false
  }

  @Test func aTimeOutAlsoMeetsOneThatClosedItsOutput() {
    let limits = ExtractionLimits(time: 300_000_000)
    #expect(run("/bin/sh", "-c", "exec >&- 2>&-; sleep 1000", limits: limits) == .tooLong)
  }

  @Test func whatWritesTooMuchIsEnded() {
    #expect(run("/usr/bin/yes", limits: ExtractionLimits(output: 1 << 20)) == .tooMuch)
  }

  @Test func whatTakesTooMuchMemoryFails() {
    // tail keeps the last line, which never ends.
    let outcome = run(
      "/usr/bin/tail", "-n", "1", "/dev/zero", limits: ExtractionLimits(memory: 64 << 20))
    guard case .ended(let how) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(how.contains("memory"))
  }

  @Test func saysHowItEnded() {
    let failing = run("/bin/sh", "-c", "echo; echo 'no such page' >&2; exit 3")
    #expect(failing == .ended("ended with status 3: no such page"))
    let crashing = run("/bin/sh", "-c", "kill -SEGV $$")
    #expect(crashing == .ended("was ended by signal 11 (Segmentation fault)"))
  }

  @Test func isEndedWhenNobodyWantsItsOutput() {
    #expect(run("/bin/sleep", "1000", isStopped: { true }) == .failed(errno: EINTR))
    // Also one that never leaves time to ask.
    #expect(
      run("/usr/bin/yes", limits: .init(output: .max / 2), isStopped: { true })
        == .failed(errno: EINTR))
  }
}
