// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct TaskProgressTests {
  @Test func idleIsWellForEver() {
    let progress = TaskProgress()
    #expect(progress.isAlive(now: .max, patience: 1))
    progress.beat(now: 5)
    progress.idle()
    #expect(progress.isAlive(now: .max, patience: 1))
  }

  @Test(arguments: [(5, true), (14, true), (15, false), (1_000, false), (4, true)])
  func busyIsWellWhileBeatsCome(now: UInt64, isAlive: Bool) {
    let progress = TaskProgress()
    progress.beat(now: 5)
    #expect(progress.isAlive(now: now, patience: 10) == isAlive)
  }

  @Test func aBeatRenewsThePatience() {
    let progress = TaskProgress()
    progress.beat(now: 5)
    progress.beat(now: 14)
    #expect(progress.isAlive(now: 23, patience: 10))
  }
}
