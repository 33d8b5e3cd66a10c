// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("Backoff")
struct BackoffTests {
  @Test("waits grow to half a minute, and begin anew after a success")
  func growth() {
    var backoff = Backoff()
    let waits = (0..<12).map { _ in backoff.wait(chance: 0) }
    #expect(waits.first == .milliseconds(250))
    #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(waits.last == .seconds(30))
    backoff.reset()
    let first = backoff.wait(chance: 0)
    #expect(first == .milliseconds(250))
  }

  @Test("chance shortens a wait by a third at most")
  func chance() {
    var backoff = Backoff()
    let shortest = backoff.wait(chance: 1)
    #expect(shortest < .milliseconds(170) && shortest > .milliseconds(165))
  }
}
