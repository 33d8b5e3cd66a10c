// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Inotify
import Synchronization
import TestSupport
import Testing

@Suite("Readiness", .timeLimit(.minutes(10)))
struct ReadinessTests {
  @Test("says which descriptors are ready")
  func which() throws {
    let quiet = try WakeUpPipe()
    let drop = try WatchedDirectory()
    var readiness = Readiness()
    readiness.watch(quiet.readDescriptor, for: .readable)
    readiness.watch(drop.inotify.descriptor, for: .readable)
    #expect(try readiness.wait(timeout: .zero) == 0)
    try FileSystem.write("text".utf8, to: drop.path("a"))
    #expect(try readiness.wait(timeout: nil) == 1)
    #expect(readiness.events(of: drop.inotify.descriptor) == .readable)
    #expect(readiness.events(of: quiet.readDescriptor).isEmpty)
  }

  @Test("waits as long as it was told, never less", arguments: [1, 30])
  func timeout(milliseconds: Int) throws {
    let clock = ContinuousClock()
    var readiness = Readiness()
    let start = clock.now
    #expect(try readiness.wait(timeout: .milliseconds(milliseconds)) == 0)
    #expect(clock.now - start >= .milliseconds(milliseconds))
    #expect(try readiness.wait(timeout: .seconds(-1)) == 0)
  }

  @Test("a signal does not shorten the wait")
  func interrupted() throws {
    let clock = ContinuousClock()
    _ = signal(SIGUSR2) { _ in }
    try whileInterrupted { () throws in
      var readiness = Readiness()
      let start = clock.now
      #expect(try readiness.wait(timeout: .milliseconds(100)) == 0)
      #expect(clock.now - start >= .milliseconds(100))
    }
  }

  /// The thread to interrupt, and whether to stop.
  private final class Target: Sendable {
    let thread: pthread_t
    let done = Atomic<Bool>(false)

    init(_ thread: pthread_t) {
      self.thread = thread
    }
  }

  /// Runs `body` on this thread while another keeps sending it a signal.
  private func whileInterrupted(_ body: () throws -> Void) throws {
    let target = Target(pthread_self())
    var thread = pthread_t()
    let answer = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let target = Unmanaged<Target>.fromOpaque(context).takeUnretainedValue()
        while !target.done.load(ordering: .acquiring) {
          pthread_kill(target.thread, SIGUSR2)
          sched_yield()
        }
        return nil
      }, Unmanaged.passUnretained(target).toOpaque())
    try #require(answer == 0)
    defer {
      target.done.store(true, ordering: .releasing)
      pthread_join(thread, nil)
    }
    try body()
  }

  @Test("says that a number is no descriptor")
  func invalid() throws {
    var readiness = Readiness()
    readiness.watch(1_000_000, for: .readable)
    #expect(try readiness.wait(timeout: nil) == 1)
    #expect(readiness.events(of: 1_000_000) == .invalid)
  }
}
