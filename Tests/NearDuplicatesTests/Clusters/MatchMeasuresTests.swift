// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// What `match` says of two texts, against counting their shingles one by one.
@Suite(.timeLimit(.minutes(10)))
struct MatchMeasuresTests {
  private static func fingerprint(_ words: [String]) throws -> Fingerprint {
    var fingerprinter = Fingerprinter()
    let outcome = fingerprinter.fingerprint(Array(words.joined(separator: " ").utf8))
    guard case .document(let fingerprint) = outcome else { throw NotADocument() }
    return fingerprint
  }

  private struct NotADocument: Error {}

  private static func shingles(_ words: [String]) -> Set<[String]> {
    Set((0..<(words.count - 2)).map { Array(words[$0..<($0 + 3)]) })
  }

  private static func words(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<count).map { _ in "word\(UInt16.random(in: 0..<4_000, using: &random))" }
  }

  /// A part kept, some of its words exchanged, and another text behind it.
  private static func edited(_ words: [String], _ random: inout SeededGenerator) -> [String] {
    let kept = words.prefix(Int.random(in: (words.count * 2 / 3)...words.count, using: &random))
    let exchanged = kept.map { Int.random(in: 0..<25, using: &random) == 0 ? "other\($0)" : $0 }
    return exchanged + Self.words(Int.random(in: 0...60, using: &random), &random)
  }

  private func match(of newer: [String], to older: [String]) throws -> Assignment.Match? {
    var collection = Collection()
    let first = try Self.fingerprint(older)
    _ = try collection.add(PreparedDocument(first)) { _ in throw NotADocument() }
    let second = try Self.fingerprint(newer)
    return try collection.add(PreparedDocument(second)) { _ in
      TokenSequence(tokens: first.tokens, traits: first.traits)
    }.match
  }

  @Test func theyAreExact() throws {
    var random = SeededGenerator(seed: 5)
    var compared = 0
    for _ in 0..<100 {
      let older = Self.words(Int.random(in: 200...600, using: &random), &random)
      let newer = Self.edited(older, &random)
      guard let match = try match(of: newer, to: older) else { continue }
      compared += 1
      let (one, other) = (Self.shingles(newer), Self.shingles(older))
      let shared = one.intersection(other).count
      #expect(match.shared == shared)
      #expect(abs(match.resemblance - Double(shared) / Double(one.union(other).count)) < 1e-9)
      #expect(abs(match.containment - Double(shared) / Double(min(one.count, other.count))) < 1e-9)
    }
    #expect(compared > 80)
  }

  @Test func equalTextsAreWhollyAlike() throws {
    var random = SeededGenerator(seed: 6)
    let text = Self.words(300, &random)
    let match = try #require(try match(of: text, to: text))
    #expect(match.resemblance == 1)
    #expect(match.containment == 1)
    #expect(match.shared == Self.shingles(text).count)
  }
}
