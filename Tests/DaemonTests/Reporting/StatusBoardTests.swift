// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct StatusBoardTests {
  @Test func aChangeIsSignalledAndOnlyAChange() async {
    let board = StatusBoard()
    board.update { $0.inFlight = 0 }
    board.update { $0.inFlight = 3 }
    board.update { $0.inFlight = 3 }
    var signals = board.signals.makeAsyncIterator()
    await signals.next()
    #expect(board.now.inFlight == 3)
    // Nothing waits any more: the next signal is that of the next change.
    board.countScan()
    await signals.next()
    #expect(board.now.totals.scans == 1)
  }

  @Test func countsOfCommitterAndIntakeDoNotOverwriteEachOther() {
    let board = StatusBoard()
    board.countOverflow()
    board.countScan()
    var counted = DaemonStatus.Totals()
    counted.documents = 4
    counted.scans = 99
    board.update { $0.totals.take(counted) }
    #expect(board.now.totals.documents == 4)
    #expect(board.now.totals.scans == 1)
    #expect(board.now.totals.overflows == 1)
  }

  @Test func whatRemainsIsBacklogAndFlight() {
    let board = StatusBoard()
    board.intake(.init(backlog: 4, isScanning: true))
    board.update { $0.inFlight = 3 }
    #expect(board.now.remaining == 7)
  }
}
