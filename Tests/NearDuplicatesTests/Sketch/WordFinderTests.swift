// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct WordFinderTests {
  private struct NoText: Error {}

  /// The words of all tokens, or of those that are given.
  private func words(
    _ text: String, _ terms: [StoryDecision.Term]? = nil, limit: Int = 100_000
  ) throws -> [String] {
    var fingerprinter = Fingerprinter(keepsWording: true)
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)),
      let wording = fingerprint.wording
    else { throw NoText() }
    var finder = WordFinder()
    let all = fingerprint.tokens.indices.map { StoryDecision.Term(token: $0, isPair: false) }
    return finder.words(of: terms ?? all, in: wording, limit: limit)
  }

  @Test func eachTokenIsShownAsItStands() throws {
    #expect(
      try words("The Mayor's 3 dogs' ‘kennel’ — Straße, ÉCOLE")
        == ["the", "mayor's", "3", "dogs", "kennel", "straße", "école"])
    #expect(try words("Мост через Сырвянку") == ["мост", "через", "сырвянку"])
    #expect(try words("5.8级地震").suffix(3) == ["级", "地", "震"])
  }

  @Test func dividedWordsAreWhole() throws {
    #expect(try words("an exam-\nple of\u{AD}ten") == ["an", "example", "often"])
  }

  @Test func eachWordIsShownOnceAndNoMoreThanAskedFor() throws {
    #expect(try words("one two one three four", limit: 3) == ["one", "two", "three"])
  }

  @Test func aWordAndItsPossessiveAreOne() throws {
    #expect(
      try words("Quillon quillon’s Harbour's harbour crane's s", limit: 4)
        == ["quillon", "harbour's", "crane's", "s"])
  }

  @Test func twoCharactersAreWrittenTogether() throws {
    let terms = [1, 2].map { StoryDecision.Term(token: $0, isPair: true) }
    #expect(try words("青桐镇", terms) == ["桐镇"])
  }

  @Test func whatIsFarDownIsNotShown() throws {
    let text = String(repeating: "word ", count: Wording.limit / 5 + 10) + "last"
    #expect(try words(text) == ["word"])
  }

  @Test func longWordsAreCut() throws {
    let word = String(repeating: "a", count: 100)
    #expect(try words(word) == [String(word.prefix(40))])
  }
}
