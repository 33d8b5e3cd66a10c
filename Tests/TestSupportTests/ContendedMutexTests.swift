// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Dispatch
import Synchronization
import Testing

/// What ThreadSanitizer is told of Mutex (Tests/thread-sanitizer.c), tried on nothing else.
///
/// When this one has a report under `scripts/sanitize thread`, so will correct code everywhere: the
/// toolchain's Mutex has changed, or the library was not preloaded.
@Suite("Contended mutex", .timeLimit(.minutes(10)))
struct ContendedMutexTests {
  private final class Counter: Sendable {
    let value = Mutex<Int>(0)
  }

  @Test("two threads count up under one mutex, waiting for it and trying for it")
  func count() async {
    let rounds = 500_000
    let counter = Counter()
    let threads = DispatchGroup()
    for number in 0..<2 {
      // Threads of their own: the cooperative pool may have no more than one.
      DispatchQueue(label: "counting \(number)").async(group: threads) {
        for round in 0..<rounds {
          guard round % 2 == 0 else {
            counter.value.withLock { $0 += 1 }
            continue
          }
          while counter.value.withLockIfAvailable({ $0 += 1 }) == nil {}
        }
      }
    }
    await withCheckedContinuation { done in
      threads.notify(queue: .global()) { done.resume() }
    }
    #expect(counter.value.withLock { $0 } == 2 * rounds)
  }
}
