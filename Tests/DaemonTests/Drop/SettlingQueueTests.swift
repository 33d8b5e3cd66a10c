// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct SettlingQueueTests {
  private let millisecond: UInt64 = 1_000_000
  private let file = DroppedFile(drop: 0, path: Array("a".utf8))

  private func makeQueue() -> SettlingQueue { SettlingQueue(settle: 200 * millisecond) }

  @Test func aFileThatWasMovedInIsReadyAtOnce() {
    var queue = makeQueue()
    queue.note(file, .movedIn, now: 5)
    #expect(queue.nextDeadline == 5)
    #expect(
      queue.popReady(now: 5)
        == .init(key: file, mayBeOpen: false, mustBeQuiet: false, attempts: 0))
    #expect(queue.isEmpty)
  }

  @Test(arguments: [
    (SettlingQueue.Change.closed, false), (.written, true), (.attributesChanged, true),
  ])
  func otherChangesWaitForQuiet(_ change: SettlingQueue.Change, mayBeOpen: Bool) {
    var queue = makeQueue()
    queue.note(file, change, now: 1)
    #expect(queue.popReady(now: 200 * millisecond) == nil)
    #expect(
      queue.popReady(now: 200 * millisecond + 1)
        == .init(key: file, mayBeOpen: mayBeOpen, attempts: 0))
  }

  @Test func eachEventOfAWriterBeginsTheQuietAnew() {
    var queue = makeQueue()
    for step in 0..<10 { queue.note(file, .written, now: UInt64(step) * 100 * millisecond) }
    #expect(queue.count == 1)
    #expect(queue.popReady(now: 1_099 * millisecond) == nil)
    #expect(queue.popReady(now: 1_100 * millisecond)?.key == file)
    #expect(queue.popReady(now: .max) == nil)
  }

  @Test func movingOverAFileThatIsBeingWrittenMakesItReady() {
    var queue = makeQueue()
    queue.note(file, .written, now: 0)
    queue.note(file, .movedIn, now: 1)
    #expect(
      queue.popReady(now: 1)
        == .init(key: file, mayBeOpen: false, mustBeQuiet: false, attempts: 0))
    // What the first event left behind is not another file.
    #expect(queue.popReady(now: .max) == nil)
  }

  @Test func attributesDoNotChangeWhatAWriterSaid() {
    var queue = makeQueue()
    queue.note(file, .closed, now: 0)
    queue.note(file, .attributesChanged, now: 150 * millisecond)
    #expect(
      queue.popReady(now: 200 * millisecond) == .init(key: file, mayBeOpen: false, attempts: 0))
  }

  @Test(arguments: [
    (0, 200), (1, 400), (2, 800), (5, 6_400), (7, 25_600), (8, 30_000), (63, 30_000),
    (.max, 30_000),
  ])
  func eachTimeInARowDoublesTheWait(attempts: Int, milliseconds: UInt64) {
    var queue = makeQueue()
    queue.putOff(file, attempts: attempts, now: 0)
    #expect(queue.nextDeadline == milliseconds * millisecond)
    #expect(
      queue.popReady(now: milliseconds * millisecond)
        == .init(key: file, mayBeOpen: true, attempts: attempts))
  }

  @Test(arguments: [0, 1, 3_600_000_000_000, UInt64.max / 2 + 1])
  func noSettingMakesTheWaitVanish(settle: UInt64) throws {
    var queue = SettlingQueue(settle: settle)
    queue.putOff(file, attempts: 20, now: 0)
    let wait = try #require(queue.nextDeadline)
    #expect(wait == SettlingQueue.longestWait)
  }

  @Test func anEventSaysMoreThanAFailedAttempt() {
    var queue = makeQueue()
    queue.note(file, .closed, now: 0)
    queue.putOff(file, attempts: 9, now: 0)
    #expect(
      queue.popReady(now: 200 * millisecond) == .init(key: file, mayBeOpen: false, attempts: 0))
  }

  @Test func aRemovedFileDoesNotComeUp() {
    var queue = makeQueue()
    queue.note(file, .closed, now: 0)
    queue.remove(file)
    #expect(!queue.contains(file))
    #expect(queue.popReady(now: .max) == nil)
  }

  @Test func aDirectoryTakesItsFilesWithIt() {
    var queue = makeQueue()
    let names = ["d", "d/a", "d/e/b", "da", "d.txt"]
    for drop in 0...1 {
      for name in names {
        queue.note(DroppedFile(drop: drop, path: Array(name.utf8)), .closed, now: 0)
      }
    }
    queue.remove(drop: 1, below: Array("d".utf8))
    let left = names.filter {
      queue.contains(DroppedFile(drop: 1, path: Array($0.utf8)))
    }
    #expect(left == ["d", "da", "d.txt"])
    #expect(queue.count == 8)
    queue.checkInvariants()
  }

  @Test func filesComeUpInTheOrderOfTheirDeadlines() {
    var queue = makeQueue()
    let files = (0..<50).map { DroppedFile(drop: 0, path: [UInt8($0)]) }
    for (place, file) in files.enumerated().reversed() {
      queue.note(file, .closed, now: UInt64(place) * millisecond)
    }
    var order: [DroppedFile] = []
    while let ready = queue.popReady(now: .max) { order.append(ready.key) }
    #expect(order == files)
  }

  @Test func aFileThatChangedAgainComesUpByItsLaterDeadline() {
    var queue = makeQueue()
    let other = DroppedFile(drop: 0, path: Array("b".utf8))
    queue.note(file, .written, now: 0)
    queue.note(other, .written, now: 1)
    queue.note(file, .written, now: 2)
    // Both are due, however late the queue is asked.
    #expect(queue.popReady(now: .max)?.key == other)
    #expect(queue.popReady(now: .max)?.key == file)
  }

  /// Temporary names that come and go while nobody takes files out, as with a full pipeline.
  @Test func namesThatComeAndGoDoNotFillTheHeap() {
    var queue = makeQueue()
    for step in 0..<100_000 {
      let now = UInt64(step)
      queue.note(file, .written, now: now)
      if step % 2 == 0 { queue.remove(file) } else { queue.note(file, .movedIn, now: now) }
    }
    // It holds that the heap has no more than some items per entry.
    queue.checkInvariants()
    #expect(queue.count == 1)
    #expect(queue.popReady(now: .max)?.key == file)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func doesAsTheNaiveModelDoes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = SettlingQueue(settle: 200 * millisecond)
    var model = SettlingModel(settle: 200 * millisecond)
    let names = ["a", "b", "d/a", "d/b", "d/e/a", "da", "d"].map { Array($0.utf8) }
    let changes: [SettlingQueue.Change] = [.movedIn, .closed, .written, .attributesChanged]
    var now: UInt64 = 0
    for step in 0..<1_000 {
      let key = DroppedFile(
        drop: Int.random(in: 0...1, using: &random), path: names.randomElement(using: &random)!)
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<12:
        let change = changes.randomElement(using: &random)!
        queue.note(key, change, now: now)
        model.note(key, change, now: now)
      case 12..<14:
        let attempts = Int.random(in: 0...12, using: &random)
        queue.putOff(key, attempts: attempts, now: now)
        model.putOff(key, attempts: attempts, now: now)
      case 14:
        queue.remove(key)
        model.entries[key] = nil
      case 15 where step % 5 == 0:
        let directory = ["", "d", "d/e"].randomElement(using: &random)!
        queue.remove(drop: key.drop, below: Array(directory.utf8))
        model.remove(drop: key.drop, below: directory)
      default:
        now += UInt64.random(in: 0...(150 * millisecond), using: &random)
        expectSameReady(&queue, &model, now: now)
      }
      #expect(queue.count == model.entries.count)
      #expect((queue.nextDeadline ?? .max) <= (model.entries.values.map(\.deadline).min() ?? .max))
      queue.checkInvariants()
    }
    expectSameReady(&queue, &model, now: .max)
    #expect(queue.isEmpty)
  }

  private func expectSameReady(
    _ queue: inout SettlingQueue, _ model: inout SettlingModel, now: UInt64
  ) {
    let expected = model.popAllReady(now: now)
    var seen: Set<DroppedFile> = []
    var last: UInt64 = 0
    while let ready = queue.popReady(now: now) {
      guard let entry = expected[ready.key] else {
        Issue.record("\(ready.key) came up, but not in the model")
        return
      }
      #expect(ready.mayBeOpen == entry.mayBeOpen)
      #expect(ready.attempts == entry.attempts)
      #expect(last <= entry.deadline)
      last = entry.deadline
      seen.insert(ready.key)
    }
    #expect(seen == Set(expected.keys))
  }
}
