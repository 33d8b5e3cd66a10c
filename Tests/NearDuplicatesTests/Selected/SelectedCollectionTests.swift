// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SelectedCollectionTests {
  private func prepared(_ text: String) throws -> PreparedDocument {
    try ColdCollection.prepared(Array(text.utf8))
  }

  /// Keeps all texts and gives those that the look-up names, as a database would.
  private struct Elsewhere {
    var collection = SelectedCollection()
    var texts: [SelectedCollection.Text] = []
    private var listed: [Int64: [UInt32]] = [:]

    mutating func add(
      _ document: PreparedDocument, to cluster: UInt32? = nil
    ) throws -> SelectedCollection.Decision {
      let number = UInt32(texts.count + 1)
      let keys = LookUpKeys(document)
      let candidates = LookUpRanking.candidates(keys) { key in
        (listed[key] ?? []).map { .init(text: $0, cluster: texts[Int($0) - 1].cluster) }
      }
      let clusters = Set(candidates.map(\.cluster) + [cluster].compactMap { $0 })
      let decision = try collection.add(
        document, as: number, to: cluster, among: texts.filter { clusters.contains($0.cluster) })
      texts.append(
        .init(
          number: number, cluster: decision.assignment.cluster, isHeld: false,
          isRoundUp: decision.isRoundUp, document: document))
      for key in keys.listed(isFirst: decision.assignment.relation == .first, texts: { _ in 0 }) {
        listed[key, default: []].append(number)
      }
      for revision in decision.assignment.revisions {
        switch revision {
        case .merge(let into, let absorbed, _, _):
          for place in texts.indices where absorbed.contains(texts[place].cluster) {
            texts[place].cluster = into
          }
        case .move(let document, _, let to, _): texts[Int(document) - 1].cluster = to
        }
      }
      return decision
    }
  }

  @Test("it decides as a collection that has all of them", arguments: [1, 2, 3] as [UInt64])
  func sameAsAtHome(seed: UInt64) throws {
    let documents = SyndicatedNews(seed: seed).documents(
      stories: 25, singles: 30, tables: 6, order: seed)
    var home = Collection()
    var elsewhere = Elsewhere()
    var known: [PreparedDocument] = []
    for document in documents {
      let text = try prepared(document.text)
      known.append(text)
      _ = try home.add(text) { number in
        let fingerprint = known[Int(number) - 1].fingerprint
        return TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits)
      }
      _ = try elsewhere.add(text)
    }
    var (same, mine, theirs) = (0, 0, 0)
    for one in known.indices {
      for other in known.indices.dropFirst(one + 1) {
        let here = home.cluster(of: UInt32(one + 1)) == home.cluster(of: UInt32(other + 1))
        let there = elsewhere.texts[one].cluster == elsewhere.texts[other].cluster
        mine += here ? 1 : 0
        theirs += there ? 1 : 0
        same += here && there ? 1 : 0
      }
    }
    let agreement = 2 * Double(same) / Double(mine + theirs)
    #expect(mine > 50)
    #expect(agreement >= 0.97, "\(same) of \(mine) and \(theirs) pairs")
  }

  @Test("the wire story is one cluster, the other agency's article another")
  func wireStory() throws {
    var elsewhere = Elsewhere()
    for name in Fixtures.wireStory {
      _ = try elsewhere.add(ColdCollection.prepared(Fixtures.wireStory(name)))
    }
    #expect(elsewhere.texts.map(\.cluster) == [1, 1, 1, 1, 5])
  }

  @Test("a text that is known to be in a cluster shows that two are one")
  func shownToBeOne() throws {
    let news = PseudoNews(seed: 8)
    let whole = news.article(1, words: 400)
    let middle = whole.count / 2
    let halves = (String(whole.prefix(middle + 300)), String(whole.suffix(middle + 300)))
    var elsewhere = Elsewhere()
    let first = try elsewhere.add(prepared(halves.0))
    let second = try elsewhere.add(prepared(news.article(2, words: 400)))
    #expect(second.assignment.cluster == 2)
    let told = try elsewhere.add(prepared(whole), to: 2)
    // The host says that it is in 2, whatever the words say.
    #expect(told.assignment.cluster == 2)
    #expect(first.assignment.cluster == 1)
    let near = try elsewhere.add(prepared(halves.0 + " " + news.article(9, words: 30)))
    #expect(near.assignment.relation == .near)
    #expect(near.assignment.match != nil)
  }

  @Test("the same words are found however common they are, and named")
  func sameWords() throws {
    let news = PseudoNews(seed: 9)
    var elsewhere = Elsewhere()
    for number in 0..<5 { _ = try elsewhere.add(prepared(news.article(number, words: 200))) }
    let again = try elsewhere.add(prepared(news.article(3, words: 200)))
    #expect(again.assignment.cluster == 4)
    #expect(again.assignment.match?.document == 4)
    #expect(again.assignment.match?.resemblance == 1)
  }
}
