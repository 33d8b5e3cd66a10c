// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// Documents that hold others, and frames that many texts have.
@Suite(.timeLimit(.minutes(10)))
struct CollectionRoundUpTests {
  private let news = PseudoNews(seed: 21)
  private let other = PseudoNews(seed: 22)

  private func prepared(_ text: String) throws -> PreparedDocument {
    try ColdCollection.prepared(Array(text.utf8))
  }

  @Test func aRoundUpIsAClusterOfItsOwnAndSaysWhatItHolds() throws {
    var cold = ColdCollection()
    let (first, second) = (news.article(1, words: 120), other.article(2, words: 120))
    for text in [first, news.copy(of: 1), second, other.copy(of: 2)] {
      try cold.add(prepared(text))
    }
    let before = cold.partition
    let assignment = try cold.add(prepared(first + "\n\n" + second))
    #expect(assignment.contains == [before[0], before[2]].sorted())
    #expect(assignment.relation == .first)
    #expect(cold.partition[0] != cold.partition[2])
    try cold.restart()
    #expect(Array(cold.partition.prefix(4)) == before)
  }

  @Test func copiesOfARoundUpAndOfItsPartsDoNotMakeThemOne() throws {
    var cold = ColdCollection()
    let (first, second) = (news.article(1, words: 120), other.article(2, words: 120))
    let roundUp = first + "\n\n" + second
    for text in [
      first, news.copy(of: 1, words: 120), second, other.copy(of: 2, words: 120), roundUp,
      "Digest\n\n" + roundUp + "\n\nWrite to the editor", news.copy(of: 1, words: 120, lost: 4),
      other.copy(of: 2, words: 120, lost: 4),
    ] {
      try cold.add(prepared(text))
    }
    let decided = cold.partition
    #expect(Set([0, 1, 6].map { decided[$0] }).count == 1, "\(decided)")
    #expect(Set([2, 3, 7].map { decided[$0] }).count == 1, "\(decided)")
    #expect(Set([0, 2, 4].map { decided[$0] }).count == 3, "\(decided)")
    #expect(decided[4] == decided[5], "\(decided)")
    try cold.restart()
    #expect(cold.partition == decided)
  }

  @Test func theSecondTextShowsThatAnEarlierDocumentIsARoundUp() throws {
    var cold = ColdCollection()
    let (first, second) = (news.article(1, words: 120), other.article(2, words: 120))
    try cold.add(prepared(first + "\n\n" + second))
    try cold.add(prepared(first))
    try cold.add(prepared(second))
    #expect(cold.partition[1] != cold.partition[2])
    let decided = cold.partition
    try cold.restart()
    #expect(cold.partition == decided)
  }

  @Test func theThirdPageShowsThatAFooterIsAFrame() throws {
    let footer = other.article(9, words: 300)
    var cold = ColdCollection()
    for number in 0..<6 {
      try cold.add(prepared(news.article(number, words: 45) + "\n\n" + footer))
    }
    #expect(Set(cold.partition).count == 6)
    let decided = cold.partition
    try cold.restart()
    #expect(cold.partition == decided)
  }

  /// More copies than may move along keep a page where it is, and nothing else goes to it.
  @Test func aPageWithManyCopiesStaysWhereItIs() throws {
    let footer = other.article(9, words: 300)
    func page(_ number: Int) throws -> PreparedDocument {
      try prepared(news.article(number, words: 45) + "\n\n" + footer)
    }
    var cold = ColdCollection()
    try cold.add(page(0))
    let copies = ClusterTable.movableCopies + 2
    for _ in 0...copies { try cold.add(page(1)) }
    for number in 2..<6 { try cold.add(page(number)) }
    let decided = cold.partition
    #expect(Set(decided[1...(copies + 1)]).count == 1)
    #expect(Set(decided[(copies + 2)...]).count == 4)
    #expect(Set(decided[(copies + 2)...]).isDisjoint(with: decided[...(copies + 1)]))
    try cold.restart()
    #expect(cold.partition == decided)
  }
}
