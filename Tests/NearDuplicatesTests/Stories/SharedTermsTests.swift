// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

struct SharedTermsTests {
  private static func context(
    _ kind: TermContext.Kind, at place: Int, in tokens: [UInt32], lineStarts: Set<Int> = [0]
  ) -> UInt32 {
    let traits = tokens.indices.map { lineStarts.contains($0) ? TokenTraits.firstOfLine : 0 }
    return tokens.withUnsafeBufferPointer { tokens in
      traits.withUnsafeBufferPointer { traits in
        TermContext(kind, at: place, isPair: false, in: tokens, traits).rawValue
      }
    }
  }

  private static let (plain, telling) = (TermContext.Kind.plain, TermContext.Kind.telling)

  /// Two words of the neighbourhood are enough, on either side or around.
  @Test(
    arguments: [
      ([1, 2, 9, 8, 7], true), ([7, 2, 9, 4, 8], true), ([7, 8, 9, 4, 5], true),
      ([7, 2, 9, 8, 5], false), ([1, 7, 9, 8, 5], false),
    ] as [([UInt32], Bool)])
  func theSameWordsStandOnOneSideOrAround(other: [UInt32], agrees: Bool) {
    let one = Self.context(Self.plain, at: 2, in: [1, 2, 9, 4, 5])
    #expect(TermContext.agree(one, Self.context(Self.plain, at: 2, in: other)) == agrees)
  }

  @Test func linesEndWhatStandsAround() {
    let one = Self.context(Self.plain, at: 2, in: [1, 2, 9, 4, 5], lineStarts: [0, 2, 3])
    let other = Self.context(Self.plain, at: 2, in: [6, 7, 9, 8, 3], lineStarts: [0, 2, 3])
    #expect(TermContext.agree(one, other))
  }

  @Test func theWordsOfAFormWeighAgainstIt() {
    let same = Self.context(Self.plain, at: 1, in: [1, 2, 3])
    let elsewhere = Self.context(Self.plain, at: 1, in: [4, 2, 5])
    var shared = SharedTerms()
    shared.add(1_000, same, elsewhere)
    #expect(shared.evidence { 1 } == 1_000)
    shared.add(500, same, same)
    #expect(shared.evidence { 1 } < 1_000)
    shared.add(50_000, same, same)
    #expect(shared.evidence { 1 } == 0)
  }

  /// A name between the same words counts as far as something else speaks for the event.
  @Test func whatStandsInTheSameWordsConfirms() {
    let same = Self.context(Self.telling, at: 1, in: [1, 2, 3])
    let elsewhere = Self.context(Self.telling, at: 1, in: [4, 2, 5])
    var shared = SharedTerms()
    shared.add(1_000, same, same)
    #expect(shared.evidence { 1e6 } == 0)
    shared.add(400, same, elsewhere)
    let little = shared.evidence { 1e6 }
    #expect(little > 400 && little < 1_400)
    shared.add(800, same, elsewhere)
    #expect(shared.evidence { 1e6 } == 2_200)
    // All of the names of both: a copy.
    #expect(shared.evidence { 2_200 } == 2_200)
  }

  @Test func shortNumbersCountAsFarAsWordsDo() {
    let number = Self.context(.commonNumber, at: 1, in: [1, 2, 3])
    let other = Self.context(.commonNumber, at: 1, in: [4, 2, 5])
    let (word, elsewhere) = (
      Self.context(Self.plain, at: 1, in: [1, 2, 3]),
      Self.context(Self.plain, at: 1, in: [4, 2, 5])
    )
    var shared = SharedTerms()
    shared.add(5_000, number, other)
    #expect(shared.evidence { 1 } == 0)
    shared.add(1_000, word, elsewhere)
    #expect(shared.evidence { 1 } == 1_350)
  }
}
