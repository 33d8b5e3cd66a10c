// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import Synchronization
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct BatchExchangeTests {
  private static func batch(_ number: UInt64) -> DecidedBatch {
    DecidedBatch(
      state: StateBatch(), lastSequence: number, files: 1, tally: DecisionTally(), leaving: [],
      totals: DaemonStatus.Totals(), indexBytes: 0)
  }

  /// Takes until the end; answers the numbers of the batches.
  private static func write(_ exchange: BatchExchange) async -> [UInt64] {
    var written: [UInt64] = []
    while true {
      switch await exchange.next() {
      case .write(let batch):
        written.append(batch.lastSequence)
        await Task.yield()
        exchange.written(batch.files)
      case .reopenLog, .attend, .lookAtState: break
      case .finish: return written
      }
    }
  }

  @Test func batchesAreWrittenInOrderOneAtATime() async {
    let told = Mutex(0)
    let exchange = BatchExchange(didWrite: { told.withLock { $0 += 1 } })
    async let written = Self.write(exchange)
    for number in 1...500 as ClosedRange<UInt64> {
      exchange.didDecide(1)
      #expect(await exchange.whenFree())
      exchange.offer(Self.batch(number))
    }
    exchange.finish()
    #expect(await written == Array(1...500))
    #expect(told.withLock { $0 } == 500)
    #expect(exchange.undurable == 0)
    #expect(exchange.isFree)
  }

  @Test func itIsBusyFromTheOfferUntilTheBatchIsWritten() async {
    let exchange = BatchExchange(didWrite: {})
    #expect(exchange.isFree)
    exchange.didDecide(3)
    exchange.offer(Self.batch(1))
    #expect(!exchange.isFree)
    guard case .write = await exchange.next() else {
      Issue.record("no batch")
      return
    }
    #expect(!exchange.isFree)
    #expect(exchange.undurable == 3)
    exchange.written(3)
    #expect(exchange.isFree)
    #expect(exchange.undurable == 0)
  }

  @Test func whatIsOfferedIsWrittenBeforeTheEnd() async {
    let exchange = BatchExchange(didWrite: {})
    exchange.offer(Self.batch(7))
    exchange.finish()
    #expect(await Self.write(exchange) == [7])
  }

  @Test func nobodyWaitsForACommitterThatEnded() async {
    for _ in 0..<200 {
      let exchange = BatchExchange(didWrite: {})
      exchange.offer(Self.batch(1))
      async let isFree = exchange.whenFree()
      await Task.yield()
      exchange.abandon()
      #expect(await !isFree)
    }
  }

  @Test func aRequestIsTakenOnceAndBeforeTheBatchThatFollows() async {
    let exchange = BatchExchange(didWrite: {})
    exchange.askToReopenLog()
    exchange.askToReopenLog()
    exchange.offer(Self.batch(1))
    exchange.askToLookAtState()
    exchange.askToLookAtState()
    exchange.askForAttention()
    exchange.finish()
    var kinds: [String] = []
    while true {
      switch await exchange.next() {
      case .write: kinds.append("write")
      case .reopenLog: kinds.append("reopen")
      case .attend: kinds.append("attend")
      case .lookAtState: kinds.append("look")
      case .finish:
        #expect(kinds == ["reopen", "write", "attend", "look"])
        return
      }
    }
  }
}
