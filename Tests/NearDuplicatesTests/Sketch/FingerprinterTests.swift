// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct FingerprinterTests {
  @Test func isTheSameWhateverCameBefore() {
    var used = Fingerprinter()
    let documents: [[UInt8]] = [
      Array("Plain text with a few words in it.".utf8),
      TextEncodingTests.utf16("Zürich und Genf", isBigEndian: true),
      Array("<!doctype html><p>page".utf8), [0x63, 0x61, 0x66, 0xE9], [0x61, 0], [], [0x20],
      [UInt8](repeating: 0x61, count: 1_200_000),
      Array(String(repeating: "a b ", count: 20_000).utf8),
      Array("Plain text with a few words in it.".utf8),
    ]
    for document in documents {
      var fresh = Fingerprinter()
      #expect(used.fingerprint(document) == fresh.fingerprint(document))
    }
  }

  @Test func theSketchFollowsFromTheStoredTokens() throws {
    var fingerprinter = Fingerprinter()
    let words = (0..<2000).map { "word\($0 % 700)" }.joined(separator: " ")
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(words.utf8)) else {
      Issue.record("not a document")
      return
    }
    #expect(fingerprint.words == 2000)
    let bytes = TokenSequenceCoder.encode(tokens: fingerprint.tokens, traits: fingerprint.traits)
    let stored = try #require(TokenSequenceCoder.decode(bytes))
    #expect(stored.words == 2000)
    #expect(stored.traits == fingerprint.traits)
    #expect(fingerprinter.sketch(ofStored: stored.tokens) == fingerprint.sketch)
  }

  /// Equal bytes must give equal hashes for as long as the version stays.
  @Test func theSchemeIsThatOfItsVersion() {
    var fingerprinter = Fingerprinter()
    let text = "Équipe 東京 Привет, the can't-\nbreak Straße 한국어 hyphen-\nated averyveryverylongword"
    guard case .document(let fingerprint) = fingerprinter.fingerprint(Array(text.utf8)) else {
      Issue.record("not a document")
      return
    }
    #expect(FingerprintScheme.version == 4)
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in fingerprint.tokens.map(UInt64.init) + fingerprint.sketch.hashes {
      digest = (digest ^ value) &* 0x100_0000_01B3
    }
    #expect(digest == 9_898_786_942_689_907_779)
  }
}
