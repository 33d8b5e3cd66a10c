// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SharedShinglesTests {
  @Test("a shingle counts when any two texts have it, once")
  func counts() {
    let texts = [
      ShingledText([1, 2, 3, 4, 5]), ShingledText([1, 2, 3, 9, 9]), ShingledText([3, 4, 5, 7]),
      ShingledText([1, 2, 3, 1, 2, 3]),
    ]
    let shared = SharedShingles(texts)
    #expect(texts.map { shared.count(in: $0) } == [2, 1, 1, 1])
  }

  @Test("alone a text shares nothing")
  func alone() {
    let text = ShingledText([1, 2, 3, 1, 2, 3])
    #expect(SharedShingles([text]).count(in: text) == 0)
    #expect(SharedShingles([]).count(in: text) == 0)
  }
}
