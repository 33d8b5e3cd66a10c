// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Link

struct FleetBoardTests {
  private func member(_ text: UInt32, host: Int = 1, fleet: UInt32? = nil) -> FleetMember {
    FleetMember(
      text: text, host: host, document: text + 100, cluster: text + 100,
      fleetCluster: fleet ?? text, isHeld: false, isRoundUp: false)
  }

  private func new(_ text: UInt32, fleet: UInt32) -> FleetBoard.New {
    FleetBoard.New(
      member: member(text, fleet: fleet), time: 5, match: nil, contains: [], keys: [7],
      tokens: [1])
  }

  @Test("clusters that are folded take what was new along, and keep their numbers")
  func fold() {
    var board = FleetBoard()
    board.know(member(1))
    board.know(member(2))
    board.add(new(3, fleet: 2))
    board.fold(2, into: 1)
    #expect(board.texts(ofFleet: 1).map(\.text) == [1, 2, 3])
    #expect(board.texts(ofFleet: 2).isEmpty)
    #expect(board.new[3]?.member.fleetCluster == 1)
    // A number is used once: who named a cluster stays.
    #expect(board.edits == [.fold(2, into: 1), .hold([2])])
    #expect(board.members[2]?.isHeld == true)
  }

  @Test("what is listed follows its text, and one of a host stands for its fleet cluster")
  func listed() {
    var board = FleetBoard()
    board.know(member(1))
    board.know(7, [1])
    board.add(new(2, fleet: 1))
    #expect(board.listed(7).map(\.text) == [1, 2])
    #expect(board.count(7, host: 1, fleet: 1) == nil)
    #expect(board.count(7, host: 2, fleet: 1) == 2)
    board.move(2, to: 2, time: 6)
    #expect(board.listed(7).map(\.cluster) == [1, 2])
    board.remove(1)
    #expect(board.listed(7).map(\.text) == [2])
    #expect(board.edits == [.remove(text: 1)])
    #expect(board.founded == [2: 6])
    #expect(board.shrunk == [1])
  }

  @Test("what is new and goes again leaves no trace")
  func comeAndGone() {
    var board = FleetBoard()
    board.add(new(1, fleet: 1))
    board.remove(1)
    #expect(board.new.isEmpty)
    #expect(board.edits.isEmpty)
    #expect(board.text(ofDocument: 101, host: 1) == nil)
  }
}
