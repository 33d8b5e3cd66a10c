// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Synchronization
import Testing

@testable import Daemon

struct LoadingProgressTests {
  @Test func thePartThatIsBehindIsToldTwiceASecond() {
    let told = Told()
    let progress = LoadingProgress(parts: 2) { told.append($0) }
    let second: UInt64 = 1_000_000_000
    progress.note(0, of: 0, now: second)
    #expect(told.all == [0], "at once")
    progress.note(3_000, of: 0, now: second + second / 4)
    progress.note(1_000, of: 1, now: second + second / 2)
    #expect(told.all == [0, 1_000])
    progress.note(4_000, of: 1, now: 2 * second)
    #expect(told.all == [0, 1_000, 3_000])
  }

  private final class Told: Sendable {
    private let values = Mutex<[Int]>([])
    var all: [Int] { values.withLock { $0 } }
    func append(_ value: Int) { values.withLock { $0.append(value) } }
  }
}
