// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import StateStore
import Testing

@testable import Daemon

struct HorizonTests {
  /// What goes through which document, after which one, when documents come at these times.
  private func moves(
    _ limits: RetentionLimits, _ times: [Int64], bytesEach: Int = 0
  ) -> [(through: UInt32, due: UInt32, because: ExpiryReason)] {
    var horizon = Horizon(limits, StateHorizon.Progress())
    var moves: [(through: UInt32, due: UInt32, because: ExpiryReason)] = []
    var base: UInt32 = 0
    for (place, time) in times.enumerated() {
      let document = UInt32(place + 1)
      horizon.note(document, time: horizon.advance(to: time))
      let living = Int(document - base)
      horizon.look(last: document, base: base, documents: living, bytes: living * bytesEach)
      guard let plan = horizon.plan, plan.due <= document else { continue }
      #expect(plan.through > base && plan.through < document)
      moves.append((plan.through, document, plan.because))
      base = plan.through
      horizon.finishPlan()
    }
    return moves
  }

  private func times(_ count: Int, apart: Int64) -> [Int64] {
    (0..<Int64(count)).map { $0 * apart }
  }

  @Test func nothingExpiresWithoutALimit() {
    #expect(moves(RetentionLimits(), times(5_000, apart: 86_400_000_000)).isEmpty)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 100, 1_000])
  func atMostSoManyDocumentsTakePart(most: Int) {
    var limits = RetentionLimits()
    limits.documents = most
    let moves = moves(limits, times(5_000, apart: 0))
    #expect(moves.count > 3)
    var base = 0
    for move in moves {
      #expect(Int(move.due) - base == max(2, most), "it is done when there are as many")
      let kept = Int(move.due - move.through)
      #expect(kept <= max(1, most * 3 / 4) && kept >= max(1, most / 2))
      #expect(move.because == .documents)
      base = Int(move.through)
    }
  }

  @Test func whatIsWithinTheWindowStays() {
    var limits = RetentionLimits()
    let day: Int64 = 86_400_000_000
    limits.window = 16 * day
    let hours = times(24 * 60, apart: day / 24)
    let moves = moves(limits, hours)
    #expect(!moves.isEmpty)
    for move in moves {
      let (now, gone) = (hours[Int(move.due) - 1], hours[Int(move.through) - 1])
      #expect(now - gone > 16 * day, "its time was over")
      #expect(now - hours[Int(move.through)] < 18 * day, "and that of the next is not, long since")
      #expect(move.because == .window)
    }
    #expect(moves.last.map { $0.through } ?? 0 > 24 * 40)
  }

  @Test func memoryEndsDocuments() {
    var limits = RetentionLimits()
    limits.memory = 128 << 20
    let moves = moves(limits, times(40_000, apart: 0), bytesEach: 2_000)
    #expect(moves.count > 1)
    #expect(moves.allSatisfy { $0.because == .memory })
    let living = Int(moves[1].due - moves[0].through)
    #expect(living * 2 * 2_450 < 32 << 20)
  }
}
