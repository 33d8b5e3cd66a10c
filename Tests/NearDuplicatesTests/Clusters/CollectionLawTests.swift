// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// What holds whatever texts there are: DETECTION.md says it in words.
@Suite(.timeLimit(.minutes(10)))
struct CollectionLawTests {
  /// A family of forms: common paragraphs in many combinations, and something of their own.
  private struct Forms {
    private let paragraphs: [String]
    private let news: PseudoNews

    init(seed: UInt64) {
      news = PseudoNews(seed: seed)
      paragraphs = (0..<12).map { PseudoNews(seed: seed + 1_000).article($0, words: 40) }
    }

    /// One of the family: four of the common paragraphs, and an own one.
    func text(_ number: Int) -> String {
      var generator = SeededGenerator(seed: UInt64(number))
      let chosen = paragraphs.shuffled(using: &generator).prefix(4)
      return chosen.joined(separator: "\n\n") + "\n\n" + news.article(number, words: 30)
    }

    /// The same with a sentence of two words behind it: a resemblance of .97.
    func nearlyTheSame(as number: Int) -> String { text(number) + " Amended \(number)." }
  }

  private func decide(
    _ texts: [String], threshold: Double = 0.5
  ) throws -> (collection: Collection, clusters: [UInt32]) {
    var collection = Collection(threshold: threshold)
    var known: [TokenSequence] = []
    for text in texts {
      let document = try ColdCollection.prepared(Array(text.utf8))
      let earlier = known
      _ = try collection.add(document) { earlier[Int($0) - 1] }
      known.append(
        TokenSequence(tokens: document.fingerprint.tokens, traits: document.fingerprint.traits))
    }
    collection.checkInvariants()
    return (collection, texts.indices.map { collection.cluster(of: UInt32($0 + 1)) })
  }

  @Test(arguments: [0.3, 0.5, 0.9, 0.95])
  func nearlyTheSameIsTogetherAmongManyForms(threshold: Double) throws {
    let forms = Forms(seed: 5)
    let count = 150
    let texts = (0..<count).map(forms.text) + (0..<count).map(forms.nearlyTheSame)
    let clusters = try decide(texts, threshold: threshold).clusters
    for number in 0..<count {
      #expect(clusters[number] == clusters[count + number], "form \(number)")
    }
  }

  @Test(arguments: 1...3)
  func nearlyTheSameIsTogetherInAnyOrder(seed: Int) throws {
    let forms = Forms(seed: 6)
    var generator = SeededGenerator(seed: UInt64(seed))
    let count = 100
    let texts = (0..<count).map(forms.text) + (0..<count).map(forms.nearlyTheSame)
    let order = texts.indices.shuffled(using: &generator)
    let clusters = try decide(order.map { texts[$0] }).clusters
    let found = Dictionary(uniqueKeysWithValues: zip(order, clusters))
    for number in 0..<count {
      #expect(found[number] == found[count + number], "form \(number)")
    }
  }

  @Test func whatTheLawBindsIsBoundAfterARestart() throws {
    let forms = Forms(seed: 7)
    var cold = ColdCollection()
    for number in 0..<20 {
      try cold.add(ColdCollection.prepared(Array(forms.text(number).utf8)))
      try cold.add(ColdCollection.prepared(Array(forms.nearlyTheSame(as: number).utf8)))
    }
    var restarted = cold
    try restarted.restart()
    for number in UInt32(1)...40 {
      #expect(cold.collection.clusters.isBound(number))
      #expect(restarted.collection.clusters.isBound(number))
    }
  }

  @Test func textsWithoutAnythingInCommonStayApartAtAnyThreshold() throws {
    let news = PseudoNews(seed: 8)
    let texts = (0..<60).map { news.article($0, words: 60) }
    let clusters = try decide(texts, threshold: 0.05).clusters
    #expect(Set(clusters).count == texts.count)
  }
}
