// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct OwnCoreTests {
  /// - Parameters:
  ///   - marks: A character per token; `m` is matched.
  ///   - lines: Half the length of each token's line; without them all tokens are worth 20.
  private func core(_ marks: String, lines: [UInt8]? = nil) -> OwnCore {
    let marks = Array(marks)
    let traits = lines?.map { $0 << TokenTraits.lineShift } ?? marks.map { _ in 0 }
    let profile = DocumentProfile(
      TokenSequence(tokens: marks.indices.map { UInt32($0) }, traits: traits))
    var text = AlignedText()
    return text.withSide(of: profile, isEven: lines == nil) { side in
      for (place, mark) in marks.enumerated() where mark == "m" { side.marks[place] = 1 }
      return OwnCore(of: side)
    }
  }

  @Test(
    arguments: [
      // What is matched counts against a stretch, and parts it when there is more of it.
      ("mm....mm", 2..<6, 80, 4, 4),
      ("..m....m", 0..<7, 100, 1, 1),
      ("..mmm...", 5..<8, 60, 5, 3),
      // The first of equals, and not a token more.
      ("m..mm..m", 1..<3, 40, 6, 4),
      ("..m.", 0..<2, 40, 2, 1),
      ("....", 0..<4, 80, 0, 0),
      ("mmmm", 0..<0, 0, 4, 4),
      ("", 0..<0, 0, 0, 0),
    ])
  func isTheStretchWithMostOfItsOwn(
    marks: String, range: Range<Int>, value: Int, outside: Int, matched: Int
  ) {
    let core = core(marks)
    #expect(core.range == range && core.value == value)
    #expect(core.outside == outside && core.matchedOutside == matched)
  }

  @Test func longLinesCountMore() {
    // Worth 0, 0, 0, then 20, 20, 12, then 0, 0.
    let core = core("......m.", lines: [0, 1, 2, 15, 12, 8, 2, 1])
    #expect(core.range == 3..<6 && core.value == 52)
    #expect(core.outside == 5 && core.matchedOutside == 1)
  }

  @Test func buffersAreCleanForTheNextText() {
    var text = AlignedText()
    func profile(_ count: UInt32) -> DocumentProfile {
      DocumentProfile(
        TokenSequence(tokens: Array(0..<count), traits: Array(repeating: 0, count: Int(count))))
    }
    text.withSide(of: profile(9), isEven: true) { side in
      for place in 0..<9 { side.marks[place] = 1 }
      #expect(side.value == 180)
    }
    text.withSide(of: profile(4), isEven: true) { side in
      #expect(side.marks.allSatisfy { $0 == 0 })
      #expect(side.value == 80 && side.value(from: 1, to: 3) == 40)
    }
  }
}
