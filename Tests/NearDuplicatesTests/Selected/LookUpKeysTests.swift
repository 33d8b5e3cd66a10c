// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

struct LookUpKeysTests {
  private static let news = PseudoNews(seed: 7)

  private func keys(_ text: String) throws -> LookUpKeys {
    LookUpKeys(try ColdCollection.prepared(Array(text.utf8)))
  }

  @Test("what is asked and listed is bounded, however long the text")
  func bounded() throws {
    for words in [60, 600, 20_000] {
      let keys = try keys(Self.news.article(1, words: words))
      #expect(keys.shingles.count <= LookUpKeys.askedLimit)
      #expect(Set(keys.asked).count == keys.asked.count)
      let listed = keys.listed(isFirst: true) { _ in 0 }
      #expect(listed.count <= LookUpKeys.listedLimit + 1)
      #expect(Set(listed).isSubset(of: keys.asked))
      #expect(keys.listed(isFirst: false) { _ in 0 }.count <= LookUpKeys.listedOfOthers + 1)
    }
  }

  @Test("a text whose shingles are all common is listed by its bands")
  func common() throws {
    let keys = try keys(Self.news.article(2))
    let full = Set(keys.shingles)
    let listed = keys.listed(isFirst: true) { full.contains($0) ? LookUpKeys.textsPerKey : 0 }
    #expect(Set(listed) == Set(keys.bands + [keys.sequence]))
    // One of its cluster stands for it already.
    #expect(keys.listed(isFirst: true) { _ in nil } == [])
  }

  @Test("copies share what each of them lists")
  func shared() throws {
    for number in 0..<20 {
      let article = try keys(Self.news.article(number))
      let copy = try keys(Self.news.copy(of: number))
      let listed = article.listed(isFirst: true) { _ in 0 }
      #expect(Set(listed).intersection(copy.asked).count >= 4)
    }
  }

  @Test("clusters are ranked by what is shared, and those with next to nothing are left out")
  func ranking() throws {
    let keys = try keys(Self.news.article(3))
    let candidates = LookUpRanking.candidates(keys) { key in
      guard let place = keys.shingles.firstIndex(of: key) else {
        return key == keys.sequence ? [.init(text: 9, cluster: 9)] : []
      }
      return (place < 12 ? [.init(text: 1, cluster: 1)] : [])
        + (place % 2 == 0 && place < 12 ? [.init(text: 3, cluster: 2)] : [])
    }
    #expect(candidates.map(\.cluster) == [9, 1, 2])
    #expect(candidates.map(\.texts) == [[9], [1], [3]])
    let many = LookUpRanking.candidates(keys) { _ in
      (1...40).map { .init(text: $0, cluster: $0) }
    }
    // Full lists say nothing; the same words do.
    #expect(many.count == CandidateSearch.clusterLimit)
  }
}
