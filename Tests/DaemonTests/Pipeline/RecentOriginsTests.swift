// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RecentOriginsTests {
  private func origin(_ number: Int) -> FileKey {
    FileKey(drop: UInt32(number % 3), path: Array("\(number).txt".utf8))
  }

  @Test(arguments: [1, RecentOrigins.limit - 1, RecentOrigins.limit, 3_000_000])
  func theLatestAreKnownAndEarlierOnesAreNot(first: Int) {
    var origins = RecentOrigins()
    #expect(origins.origin(of: UInt32(first)) == nil)
    let last = first + RecentOrigins.limit + 10
    for number in first...last { origins.remember(origin(number), of: UInt32(number)) }
    for number in stride(from: last - RecentOrigins.limit + 1, through: last, by: 97) {
      #expect(origins.origin(of: UInt32(number)) == origin(number))
    }
    #expect(origins.origin(of: UInt32(last)) == origin(last))
    for number in first...last - RecentOrigins.limit {
      #expect(origins.origin(of: UInt32(number)) == nil)
    }
    #expect(origins.origin(of: UInt32(last + 1)) == nil)
  }
}
