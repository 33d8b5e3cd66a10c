// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DriftSampleTests {
  @Test("each text of resemblance .8 is a candidate, short or long", arguments: [1, 5, 40, 3_000])
  func findsAll(_ words: Int) {
    var generator = SeededGenerator(seed: UInt64(words))
    var texts: [ShingleSet] = []
    for _ in 0..<20 {
      let text = (0..<words).map { _ in UInt32.random(in: .min ... .max, using: &generator) }
      texts.append(ShingleSet(text))
      for changes in [1, max(1, words / 50), max(1, words / 30)] {
        var other = text
        for _ in 0..<changes {
          other[Int.random(in: 0..<words, using: &generator)] = UInt32.random(
            in: .min ... .max, using: &generator)
        }
        texts.append(ShingleSet(other))
      }
      texts.append(ShingleSet(text))
    }
    var sample = DriftSample()
    for (place, text) in texts.enumerated() {
      let isTaken = sample.take(UInt32(place), text)
      #expect(isTaken)
    }
    sample.list()
    for text in texts {
      let near = texts.indices.filter { ShingleSet.overlap(texts[$0], text).resemblance >= 0.8 }
      let found = Set(sample.candidates(for: text))
      #expect(found.isSuperset(of: near))
      sample.checkInvariants()
    }
  }

  @Test("what was drawn of a collection stays drawn in its order as the collection grows")
  func drawing() {
    let few = DriftSample.drawing(Array(1...100), seed: 7)
    let more = DriftSample.drawing(Array(1...1_000), seed: 7)
    #expect(few.sorted() == Array(1...100))
    #expect(more.filter { $0 <= 100 } == few)
    #expect(DriftSample.drawing(Array(1...100), seed: 8) != few)
  }

  @Test("an empty sample has no candidates")
  func empty() {
    var sample = DriftSample()
    sample.list()
    let found = sample.candidates(for: ShingleSet([1, 2, 3]))
    #expect(found.isEmpty)
  }
}
