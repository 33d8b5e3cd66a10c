// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Aligns documents, with buffers that are kept from pair to pair. Linear in both texts.
struct Aligner: Sendable {
  /// So many places of a pair of words are tried.
  private static let triedPlaces = 6
  /// The most words between neighbouring runs, on either side.
  private static let reach = 4
  /// How many words longer another run must be than one that follows the last.
  private static let preference = 3
  private static let longRun = 6
  /// A run of so many words is an anchor.
  private static let anchor = 5

  private var positions = PairPositions()
  private var firstText = AlignedText()
  private var secondText = AlignedText()

  /// - Parameter first: the document with fewer tokens.
  mutating func align(_ first: DocumentProfile, _ second: DocumentProfile) -> Alignment {
    let isEven = min(first.body, second.body) < TextWeights.leastBody
    return firstText.withSide(of: first, isEven: isEven) { one in
      secondText.withSide(of: second, isEven: isEven) { other in
        positions.withPositions(of: first) { view in
          var scan = Scan(positions: view, first: one, second: other)
          scan.run()
          return scan.alignment
        }
      }
    }
  }

  /// One pass over the second document.
  private struct Scan {
    let positions: PairPositions.View
    let first: DocumentProfile.Buffers
    let second: DocumentProfile.Buffers
    let firstSide: AlignedText.Side
    let secondSide: AlignedText.Side
    var alignment = Alignment()
    /// Where the last run ended; far away before the first.
    private var firstEnd = -100
    private var secondEnd = -100
    /// Where the last anchor ended.
    private var anchorEnd: (first: Int, second: Int)?

    init(positions: PairPositions.View, first: AlignedText.Side, second: AlignedText.Side) {
      self.positions = positions
      self.first = first.text
      self.second = second.text
      firstSide = first
      secondSide = second
    }

    private struct Run {
      var place = 0
      var length = 0
      var isNear = false
      var value: Int { length &+ (isNear ? Aligner.preference : 0) }
    }

    mutating func run() {
      var index = 0
      while index &+ 1 < second.count {
        let run = best(at: index)
        // Two words in common that follow no other run are chance.
        if run.length < 2 || run.length == 2 && !run.isNear {
          index &+= 1
          continue
        }
        if run.isNear { takeGap(before: run, index) }
        take(run, index)
        index &+= run.length
      }
      sumFirst()
      alignment.valueOfFirst = firstSide.value
      alignment.valueOfSecond = secondSide.value
      alignment.coreOfFirst = OwnCore(of: firstSide)
      alignment.coreOfSecond = OwnCore(of: secondSide)
      alignment.strayOfFirst = firstSide.longestStray
      alignment.strayOfSecond = secondSide.longestStray
    }

    /// The longest of the runs that begin at a place of the second document.
    private func best(at index: Int) -> Run {
      var best = Run()
      var place = positions.first(second.tokens[index], second.tokens[index &+ 1])
      var tried = 0
      while place > 0, tried < Aligner.triedPlaces {
        let start = place &- 1
        var run = Run(place: start, length: 2)
        while start &+ run.length < first.count, index &+ run.length < second.count,
          first.tokens[start &+ run.length] == second.tokens[index &+ run.length]
        { run.length &+= 1 }
        run.isNear =
          index &- secondEnd <= Aligner.reach && start >= firstEnd
          && start &- firstEnd <= Aligner.reach
        if run.value > best.value { best = run }
        tried &+= 1
        place = positions.next(place)
      }
      return best
    }

    private mutating func takeGap(before run: Run, _ index: Int) {
      let (inFirst, inSecond) = (run.place &- firstEnd, index &- secondEnd)
      alignment.gap &+= max(inFirst, inSecond)
      alignment.gapInFirst &+= inFirst
      guard inFirst > 0, inSecond > 0 else { return }
      let one = first.content(firstEnd..<run.place)
      let other = second.content(secondEnd..<index)
      if one.number && other.number { alignment.numbersReplaced &+= 1 }
      if one.rare && other.rare { alignment.rareReplaced &+= 1 }
    }

    private mutating func take(_ run: Run, _ index: Int) {
      for offset in 0..<run.length {
        let (place, other) = (run.place &+ offset, index &+ offset)
        alignment.numbersMatched &+= TextWeights.hasDigit(first.traits[place]) ? 1 : 0
        alignment.rareMatched &+= first.weights[place] >= TextWeights.rare ? 1 : 0
        firstSide.marks[place] = 1
        secondSide.marks[other] = 1
        alignment.proseOfSecond &+= TextWeights.isProse(second.traits[other]) ? 1 : 0
        alignment.bodyOfSecond &+= TextWeights.body(second.traits[other])
      }
      alignment.matched &+= run.length
      alignment.longest = max(alignment.longest, run.length)
      if run.length >= Aligner.longRun { alignment.inLongRuns &+= run.length }
      if run.length >= Aligner.anchor { takeAnchor(run, index) }
      firstEnd = run.place &+ run.length
      secondEnd = index &+ run.length
    }

    private mutating func takeAnchor(_ run: Run, _ index: Int) {
      if let last = anchorEnd, run.place >= last.first {
        let facing = min(
          firstSide.value(from: last.first, to: run.place),
          secondSide.value(from: last.second, to: index))
        alignment.facingGap = max(alignment.facingGap, facing)
      }
      anchorEnd = (run.place &+ run.length, index &+ run.length)
    }

    private mutating func sumFirst() {
      for index in 0..<first.count where firstSide.marks[index] != 0 {
        alignment.matchedOfFirst &+= 1
        alignment.bodyOfFirst &+= TextWeights.body(first.traits[index])
        alignment.proseOfFirst &+= TextWeights.isProse(first.traits[index]) ? 1 : 0
      }
    }
  }
}
