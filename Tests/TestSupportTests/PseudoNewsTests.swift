// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("PseudoNews", .timeLimit(.minutes(10)))
struct PseudoNewsTests {
  private func shingles(_ text: String) -> Set<[Substring]> {
    let words = text.lowercased().split { !$0.isLetter }
    return Set(zip(words, zip(words.dropFirst(), words.dropFirst(2))).map { [$0, $1.0, $1.1] })
  }

  @Test("the same seed and number give the same article")
  func repeatable() {
    #expect(PseudoNews(seed: 1).article(5) == PseudoNews(seed: 1).article(5))
    #expect(PseudoNews(seed: 1).article(5) != PseudoNews(seed: 2).article(5))
  }

  @Test("articles share hardly a shingle, and copies share most")
  func likeNoOther() {
    let news = PseudoNews(seed: 9)
    let articles = (0..<40).map { shingles(news.article($0)) }
    for (index, article) in articles.enumerated() {
      for other in articles[..<index] {
        #expect(article.intersection(other).count * 20 < min(article.count, other.count))
      }
    }
    let copy = shingles(news.copy(of: 7))
    #expect(copy.intersection(articles[7]).count * 10 > copy.count * 7)
  }

  @Test("two thousand are all different")
  func distinct() {
    let news = PseudoNews(seed: 4)
    #expect(Set((0..<2000).map { news.article($0, words: 60) }).count == 2000)
  }
}
