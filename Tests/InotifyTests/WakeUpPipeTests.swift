// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Dispatch
import Glibc
import Inotify
import Synchronization
import Testing

@Suite("Wake-up pipe", .timeLimit(.minutes(10)))
struct WakeUpPipeTests {
  private func isReady(_ pipe: borrowing WakeUpPipe) throws -> Bool {
    var readiness = Readiness()
    readiness.watch(pipe.readDescriptor, for: .readable)
    return try readiness.wait(timeout: .zero) == 1
  }

  @Test("wakes once for any number of signals, again after a drain")
  func coalescing() throws {
    let pipe = try WakeUpPipe()
    #expect(try !isReady(pipe))
    for _ in 0..<100_000 { pipe.wakeUp.signal() }
    #expect(try isReady(pipe))
    pipe.drain()
    #expect(try !isReady(pipe))
    pipe.wakeUp.signal()
    #expect(try isReady(pipe))
  }

  @Test("drains nothing without harm")
  func emptyDrain() throws {
    let pipe = try WakeUpPipe()
    pipe.drain()
    pipe.wakeUp.signal()
    #expect(try isReady(pipe))
  }

  @Test("a handle that outlives the pipe does nothing")
  func outlives() throws {
    func orphan() throws -> WakeUp {
      let pipe = try WakeUpPipe()
      return pipe.wakeUp
    }
    let wakeUp = try orphan()
    wakeUp.signal()
    wakeUp.signal()
  }

  @Test("both ends are non-blocking and closed on exec")
  func flags() throws {
    let pipe = try WakeUpPipe()
    #expect(fcntl(pipe.readDescriptor, F_GETFD) == FD_CLOEXEC)
    #expect(fcntl(pipe.readDescriptor, F_GETFL) & O_NONBLOCK != 0)
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  @Test("loses no wake-up between a drain and the next wait")
  func stress() async throws {
    let target = 8_000_000
    let produced = Counter()
    let (handles, handOver) = AsyncStream<WakeUp>.makeStream()
    let (answers, answer) = AsyncStream<Result<Bool, any Error>>.makeStream()
    // A lost wake-up waits for ever; so long a limit is for pools that other tests keep busy.
    // The loop blocks in poll(2), so it gets a thread outside the cooperative pool.
    DispatchQueue(label: "loop").async {
      answer.yield(
        Result {
          let pipe = try WakeUpPipe()
          handOver.yield(pipe.wakeUp)
          var readiness = Readiness()
          readiness.watch(pipe.readDescriptor, for: .readable)
          while produced.value.load(ordering: .acquiring) < target {
            if try readiness.wait(timeout: .seconds(240)) == 0 { return false }
            pipe.drain()
          }
          return true
        })
      handOver.finish()
    }
    let wakeUp = try #require(await handles.first { _ in true })
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<target / 4 {
            produced.value.add(1, ordering: .releasing)
            wakeUp.signal()
          }
        }
      }
    }
    let outcome = try #require(await answers.first { _ in true })
    #expect(try outcome.get())
  }
}
