// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct SketchTests {
  private let sketch = Sketch(hashes: [10, 20, 30, 40], threshold: 50)

  @Test(
    arguments: [(100, 4), (50, 4), (41, 4), (40, 3), (11, 1), (10, 0), (1, 0)] as [(UInt64, Int)])
  func loweringKeepsWhatIsBelow(threshold: UInt64, kept: Int) {
    let lowered = sketch.lowered(to: threshold)
    #expect(lowered.hashes == Array(sketch.hashes.prefix(kept)))
    #expect(lowered.threshold == min(threshold, 50))
    lowered.checkInvariants()
  }

  @Test func overlapIsTakenBelowTheLowerThreshold() {
    let other = Sketch(hashes: [10, 25, 30], threshold: 35)
    #expect(Sketch.overlap(sketch, other) == ShingleOverlap(shared: 2, first: 3, second: 3))
    #expect(Sketch.overlap(other, sketch) == ShingleOverlap(shared: 2, first: 3, second: 3))
  }

  @Test func estimatesTheNumberOfShingles() {
    #expect(Sketch(hashes: [1, 2, 3], threshold: .max).estimatedShingles == 3)
    #expect(Sketch(hashes: [1, 2, 3], threshold: 1 << 61).estimatedShingles == 24)
  }
}
