// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ProfileCacheTests {
  private func profile(_ words: Int) -> DocumentProfile {
    DocumentProfile(
      TokenSequence(
        tokens: (0..<UInt32(words)).map { $0 &* 0x9E37_79B9 },
        traits: Array(repeating: 0, count: words)))
  }

  @Test func whatWasNotUsedForLongestGoesFirst() {
    var cache = ProfileCache(entryLimit: 3, byteLimit: .max)
    for document in 1...3 as ClosedRange<UInt32> { cache.insert(profile(10), of: document) }
    #expect(cache.profile(of: 1) != nil)
    cache.insert(profile(10), of: 4)
    #expect([1, 2, 3, 4].map { cache.known($0) != nil } == [true, false, true, true])
    cache.checkInvariants()
  }

  @Test func lookingAtAProfileIsNoUseOfIt() {
    var cache = ProfileCache(entryLimit: 2, byteLimit: .max)
    for document in 1...2 as ClosedRange<UInt32> { cache.insert(profile(10), of: document) }
    #expect(cache.known(1) != nil)
    cache.insert(profile(10), of: 3)
    #expect(cache.known(1) == nil)
  }

  @Test func theBytesHaveALimit() {
    let one = profile(100).byteCount
    var cache = ProfileCache(entryLimit: 100, byteLimit: 3 * one)
    for document in 1...9 as ClosedRange<UInt32> { cache.insert(profile(100), of: document) }
    #expect(cache.count == 3)
    cache.insert(profile(1_000), of: 10)
    #expect(cache.known(10) == nil, "it alone is too large")
    #expect(cache.count == 3)
    cache.checkInvariants()
  }
}
