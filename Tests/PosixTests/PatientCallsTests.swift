// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct PatientCallsTests {
  /// Something that does not answer until it is told to.
  private final class Server: Sendable {
    private let gate = DispatchSemaphore(value: 0)
    func ask() { gate.wait() }
    func answer() { gate.signal() }
  }

  private func wait(until condition: () -> Bool) {
    let deadline = MonotonicDeadline(seconds: 20)
    while !condition(), !deadline.hasPassed { sched_yield() }
  }

  @Test func whatAnswersIsAnswered() {
    let calls = PatientCalls()
    #expect((0..<100).map { number in calls.call(0) { _ in number } } == (0..<100).map { $0 })
  }

  @Test func aPlaceThatHangsHoldsUpNoOther() {
    let calls = PatientCalls(patience: 20_000_000)
    let server = Server()
    #expect(calls.call(0) { _ in server.ask() } == nil)
    #expect(calls.hangingSince(0) != nil)
    #expect(calls.call(1) { _ in "other" } == "other")
    // Nobody asks it again, not even in vain.
    #expect(calls.call(0) { _ in "not asked" } == nil)
    server.answer()
    wait { calls.hangingSince(0) == nil }
    #expect(calls.call(0) { _ in "again" } == "again")
  }

  @Test func beginningAndEndAreTold() {
    let calls = PatientCalls(patience: 20_000_000)
    let changes = Mutex(0)
    calls.whenChanged { changes.withLock { $0 += 1 } }
    let server = Server()
    _ = calls.call(0) { _ in server.ask() }
    #expect(changes.withLock { $0 } == 1)
    server.answer()
    wait { changes.withLock { $0 } == 2 }
  }

  @Test func whatGetsOnIsWaitedFor() {
    let calls = PatientCalls(patience: 200_000_000)
    let found = calls.call(0) { life in
      let end = Clocks.monotonic() + 600_000_000
      while Clocks.monotonic() < end {
        life.give()
        sched_yield()
      }
      return true
    }
    #expect(found == true)
  }

  @Test func aPlaceThatAnswersUnderItsNameAgainIsFoundByAProbe() {
    let calls = PatientCalls(patience: 20_000_000)
    let server = Server()
    _ = calls.call(0) { _ in server.ask() }
    // As after an unmount: who waits in the old mount waits on.
    calls.probe(0) {}
    wait { calls.hangingSince(0) == nil }
    #expect(calls.call(0) { _ in true } == true)
    server.answer()
  }
}
