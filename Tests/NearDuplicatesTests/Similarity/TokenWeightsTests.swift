// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TokenWeightsTests {
  private static func weights(_ text: String) -> [UInt8] {
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)) else {
      return []
    }
    return zip(fingerprint.tokens, fingerprint.traits).map {
      TokenWeights.shared.weight(of: $0, traits: $1)
    }
  }

  /// Ten times eight less the Zipf frequency that wordfreq gives.
  @Test(
    arguments: [
      ("the", 5), ("The", 5), ("LA", 5), ("and", 6), ("och", 6), ("und", 6), ("est", 8),
      ("mayor", 0), ("Straße", 0), ("été", 0), ("правительство", 0), ("κυβέρνηση", 0), ("حكومة", 0),
      ("ממשלה", 0), ("सरकार", 0), ("정부", 0), ("的", 0), ("は", 0), ("can't", 0), ("hükümet", 0),
    ] as [(String, UInt8)])
  func commonWordsAreListed(word: String, weight: UInt8) throws {
    let found = try #require(Self.weights(word).first)
    #expect(Self.weights(word).count == 1)
    #expect((5...44).contains(found))
    if weight > 0 { #expect(found == weight) }
  }

  @Test(arguments: ["zyxwvut", "неттакогослова", "없는낱말이다", "averyveryverylongword"])
  func otherWordsAreNot(word: String) {
    #expect(Self.weights(word) == [50])
  }

  @Test(
    arguments: [
      ("7", 35), ("42", 35), ("1999", 35), ("2024", 35), ("123", 50), ("2124", 50), ("b2b", 50),
    ] as [(String, UInt8)])
  func numbersAreAMatterOfTheirForm(number: String, weight: UInt8) {
    #expect(Self.weights(number) == [weight])
  }

  /// What traits say is looked at first: no hash makes a number a common word.
  @Test func traitsDecideForNumbers() throws {
    let the = try #require(ReferenceTokenizer.tokens("the").first)
    #expect(TokenWeights.shared.weight(of: the, traits: 0xF0) == 5)
    #expect(TokenWeights.shared.weight(of: the, traits: 0xF1) == 50)
    #expect(TokenWeights.shared.weight(of: the, traits: 0xF5) == 35)
  }

  /// Each word of the data is one token to the kernel and has the weight of its group, or of the
  /// more
  /// common word that it is read as: words fall together without their accents.
  @Test func everyWordIsFound() {
    var words = 0
    var others = 0
    var tokenizer = Tokenizer()
    for (weight, text) in BackgroundWords.groups {
      #expect((5...44).contains(weight))
      let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      #expect(tokenizer.tokenizeWords(bytes, tolerant: false) == .complete)
      let listed = text.description.split { $0 == " " || $0 == "\n" }
      #expect(listed.count == tokenizer.tokens.count)
      words += listed.count
      #expect(tokenizer.traits.elements.allSatisfy { $0 & TokenTraits.digit == 0 })
      for token in tokenizer.tokens.elements {
        let found = TokenWeights.shared.listed(token) ?? .max
        #expect(found <= weight)
        if found != weight { others += 1 }
      }
    }
    #expect(words == BackgroundWords.count)
    #expect(others * 16 < words)
  }

  /// Against a dictionary: nothing is found that was not put in, and all of it is in 5 to 50.
  @Test func agreesWithADictionary() {
    var expected: [UInt32: UInt8] = [:]
    var tokenizer = Tokenizer()
    for (weight, text) in BackgroundWords.groups {
      let bytes = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      _ = tokenizer.tokenizeWords(bytes, tolerant: false)
      for token in tokenizer.tokens.elements where expected[token] == nil {
        expected[token] = weight
      }
    }
    var random = SeededGenerator(seed: 4)
    var tried = Array(expected.keys)
    // Near misses: hashes that belong to the same or to neighbouring slots.
    tried += tried.prefix(20_000).map { $0 ^ 1 << UInt32.random(in: 0..<32, using: &random) }
    tried += (0..<200_000).map { _ in UInt32.random(in: .min ... .max, using: &random) }
    tried += [0, 1, .max, .max - 1]
    let wrong = tried.filter {
      TokenWeights.shared.weight(of: $0, traits: 0) != expected[$0] ?? 50
    }
    #expect(wrong.isEmpty)
  }
}
