// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShingledTextTests {
  /// Marks each word that is in a run of three that the other has too.
  private static func covered(_ text: [UInt32], _ other: [UInt32]) -> Int {
    var runs: Set<[UInt32]> = []
    for start in other.indices.dropLast(2) { runs.insert(Array(other[start..<(start + 3)])) }
    var marks = [Bool](repeating: false, count: text.count)
    for start in text.indices.dropLast(2) where runs.contains(Array(text[start..<(start + 3)])) {
      for place in start..<(start + 3) { marks[place] = true }
    }
    return marks.count { $0 }
  }

  @Test("it counts the words that a plain search marks", arguments: UInt64(0)..<40)
  func agreement(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Few different words, so that runs overlap and repeat.
    let text = (0..<60).map { _ in UInt32(random.next() % 4) }
    let other = (0..<30).map { _ in UInt32(random.next() % 4) }
    let (one, two) = (ShingledText(text), ShingledText(other))
    #expect(one.words(alsoIn: two) == Self.covered(text, other))
    #expect(two.words(alsoIn: one) == Self.covered(other, text))
    #expect(one.words(alsoIn: one) == text.count)
  }

  @Test("a text of less than three words is shared whole or not at all")
  func short() {
    let (one, two) = (ShingledText([1, 2]), ShingledText([2, 1]))
    #expect(one.words(alsoIn: one) == 2)
    #expect(one.words(alsoIn: two) == 0)
    #expect(ShingledText([]).words(alsoIn: one) == 0)
  }
}
