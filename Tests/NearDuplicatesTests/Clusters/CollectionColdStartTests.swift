// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// What a daemon decides that has seen nothing yet, and so knows nothing of what is common.
@Suite(.timeLimit(.minutes(10)))
struct CollectionColdStartTests {
  static let sites = ["herald", "quayside", "parish"]
  static let articles = ["ferry", "orchestra", "bakery", "otters"]

  private func page(_ article: String, on site: String) throws -> PreparedDocument {
    try ColdCollection.prepared(Fixtures.framedPage(article, on: site))
  }

  /// The pages of each two names, in both orders, come to this partition in a daemon of their own.
  private func expect(
    _ partition: [UInt32], ofEachTwo names: [String], _ page: (String) throws -> PreparedDocument
  ) throws {
    for one in names {
      for other in names where other != one {
        let found = try ColdCollection.partition([page(one), page(other)])
        #expect(found == partition, "\(one), \(other)")
      }
    }
  }

  // MARK: Two documents

  @Test func boilerplatePagesAreApartInBothOrders() throws {
    let pages = try Fixtures.boilerplatePages.map {
      try ColdCollection.prepared(Fixtures.boilerplate($0))
    }
    #expect(try ColdCollection.partition(pages) == [1, 2])
    #expect(try ColdCollection.partition(pages.reversed()) == [1, 2])
  }

  @Test(arguments: sites)
  func articlesOnOneSiteAreApart(site: String) throws {
    try expect([1, 2], ofEachTwo: Self.articles) { try page($0, on: site) }
  }

  @Test func articlesOnOneGermanSiteAreApart() throws {
    let pages = try [page("orgel", on: "anzeiger"), page("storch", on: "anzeiger")]
    #expect(try ColdCollection.partition(pages) == [1, 2])
    #expect(try ColdCollection.partition(pages.reversed()) == [1, 2])
  }

  @Test(arguments: articles)
  func anArticleOnTwoSitesIsOne(article: String) throws {
    try expect([1, 1], ofEachTwo: Self.sites) { try page(article, on: $0) }
  }

  // MARK: More

  @Test(arguments: sites)
  func allPagesOfASiteAreApart(site: String) throws {
    let pages = try Self.articles.map { try page($0, on: site) }
    #expect(try ColdCollection.partition(pages) == [1, 2, 3, 4])
    #expect(try ColdCollection.partition(pages.reversed()) == [1, 2, 3, 4])
  }

  @Test(arguments: 1...4)
  func articlesOnAllSitesComeTogether(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let all = Self.sites.flatMap { site in Self.articles.map { (article: $0, site: site) } }
      .shuffled(using: &generator)
    let partition = try ColdCollection.partition(all.map { try page($0.article, on: $0.site) })
    for (one, cluster) in zip(all, partition) {
      for (other, otherCluster) in zip(all, partition) {
        #expect(
          (one.article == other.article) == (cluster == otherCluster), "\(one) and \(other)")
      }
    }
  }

  @Test func aWireStoryInAllOrders() throws {
    let documents = try Fixtures.wireStory.map {
      try ColdCollection.prepared(Fixtures.wireStory($0))
    }
    let orders = permutations(Array(documents.indices))
    #expect(orders.count == 120)
    for order in orders {
      let partition = try ColdCollection.partition(order.map { documents[$0] })
      var clusters: [Int: UInt32] = [:]
      for (place, cluster) in zip(order, partition) { clusters[place] = cluster }
      #expect(Set((0..<4).map { clusters[$0] }).count == 1, "\(order): \(partition)")
      #expect(clusters[4] != clusters[0], "\(order): \(partition)")
    }
  }

  private func permutations(_ items: [Int]) -> [[Int]] {
    if items.isEmpty { return [[]] }
    return items.flatMap { first in
      permutations(items.filter { $0 != first }).map { [first] + $0 }
    }
  }

  // MARK: Growing warm

  @Test func aRestartChangesNothing() throws {
    let news = PseudoNews(seed: 4)
    var cold = ColdCollection()
    for number in 0..<60 {
      try cold.add(ColdCollection.prepared(Array(news.article(number, words: 40).utf8)))
    }
    var restarted = cold
    for article in Self.articles {
      try restarted.restart()
      for site in Self.sites {
        let document = try page(article, on: site)
        #expect(try restarted.add(document) == cold.add(document), "\(article) on \(site)")
      }
    }
  }
}
