// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite("Recurring trouble")
struct RecurringTroubleTests {
  private let second: UInt64 = 1_000_000_000

  /// Whether it is told at each of the seconds.
  private func told(_ trouble: inout RecurringTrouble, _ seconds: UInt64...) -> [Bool] {
    seconds.map { trouble.happened(now: $0 * second) }
  }

  /// What is told of its end at each of the seconds.
  private func ends(_ trouble: inout RecurringTrouble, _ seconds: UInt64...) -> [Int?] {
    seconds.map { trouble.whenOver(now: $0 * second) }
  }

  @Test("is told when it begins and when it is over, with how often it happened")
  func once() {
    var trouble = RecurringTrouble()
    #expect(trouble.end == nil)
    #expect(ends(&trouble, 5) == [nil])
    #expect(told(&trouble, 10, 11, 40, 90) == [true, false, false, false])
    #expect(trouble.end == 150 * second)
    #expect(ends(&trouble, 91, 149, 150, 151) == [nil, nil, 4, nil])
    #expect(told(&trouble, 200) == [true])
    #expect(trouble.count == 1)
  }

  @Test("a clock at its end does not trap")
  func lastInstant() {
    var trouble = RecurringTrouble()
    let isTold = trouble.happened(now: .max)
    #expect(isTold)
    #expect(trouble.end == .max)
  }
}
