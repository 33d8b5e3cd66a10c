// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct PauseTests {
  @Test func lastsAtLeastAsLongAsAsked() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    try await Pause.wait(for: .milliseconds(20))
    #expect(clock.now - start >= .milliseconds(20))
  }

  @Test(arguments: [Duration.zero, .seconds(-3)])
  func nothingToWaitForIsNoWait(_ duration: Duration) async throws {
    try await Pause.wait(for: duration)
  }

  @Test func manyAtOnceAllEnd() async throws {
    try await withThrowingTaskGroup { tasks in
      for number in 0..<200 {
        tasks.addTask { try await Pause.wait(for: .microseconds(number % 7)) }
      }
      try await tasks.waitForAll()
    }
  }

  @Test func endsAtOnceWhenItsTaskIsCancelled() async {
    let waiting = Task { try await Pause.wait(for: .seconds(86_400)) }
    try? await Pause.wait(for: .milliseconds(5))
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }

  @Test func doesNotBeginInATaskThatIsCancelled() async {
    let waiting = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await Pause.wait(for: .seconds(86_400))
    }
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }
}
