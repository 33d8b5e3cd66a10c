// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Synchronization
import TestSupport
import Testing

@testable import Daemon

/// Schedules are made by the tasks themselves: seeded yields between the steps.
@Suite(.timeLimit(.minutes(10)))
struct PipelineTests {
  private static func job(_ number: Int) -> FileJob {
    FileJob(key: DroppedFile(drop: number, path: []))
  }

  private static func outcome(_ job: FileJob) -> FileOutcome {
    FileOutcome(key: job.key, identity: nil, result: .unchanged, attempts: 0)
  }

  private static func yields(_ random: inout SeededGenerator) async {
    for _ in 0..<Int.random(in: 0...3, using: &random) { await Task.yield() }
  }

  /// What a submitting task waits for when there is no room.
  private struct Room: Sendable {
    let signals: AsyncStream<Void>
    let again: @Sendable () -> Void

    init() {
      let (signals, continuation) = AsyncStream<Void>.makeStream(
        bufferingPolicy: .bufferingNewest(1))
      self.signals = signals
      again = { continuation.yield() }
    }
  }

  private static func submitAll(
    _ count: Int, to pipeline: Pipeline, _ room: Room, seed: UInt64
  ) async {
    var random = SeededGenerator(seed: seed)
    var signals = room.signals.makeAsyncIterator()
    for number in 0..<count {
      while !pipeline.submit(job(number)) { await signals.next() }
      if number % 4 == 0 { await yields(&random) }
    }
  }

  private static func work(_ pipeline: Pipeline, seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    while true {
      let jobs = await pipeline.takeJobs(upTo: Int.random(in: 1...4, using: &random))
      if jobs.isEmpty { return }
      for ticketed in jobs {
        await yields(&random)
        // Up to three times the limit: such a job must wait until it is the oldest.
        guard
          await pipeline.admit(ticketed.ticket, bytes: Int.random(in: 0...300, using: &random))
        else { return }
        await yields(&random)
        pipeline.complete(ticketed.ticket, outcome(ticketed.job))
      }
    }
  }

  private static func commit(_ pipeline: Pipeline, seed: UInt64) async -> [Int] {
    var random = SeededGenerator(seed: seed)
    var seen: [Int] = []
    while let outcomes = await pipeline.takeOutcomes(
      upTo: Int.random(in: 1...5, using: &random))
    {
      seen += outcomes.map(\.key.drop)
      await yields(&random)
    }
    return seen
  }

  @Test(arguments: [1, 2, 4])
  func everythingArrivesInOrderOnEverySchedule(workers: Int) async {
    for seed in 0..<400 as Range<UInt64> {
      let room = Room()
      let pipeline = Pipeline(limit: Int(seed % 7) + 1, byteLimit: 100, roomAgain: room.again)
      let seen = await withTaskGroup(of: [Int].self) { group in
        for worker in 0..<workers {
          group.addTask {
            await Self.work(pipeline, seed: seed &* 31 &+ UInt64(worker))
            return []
          }
        }
        group.addTask { await Self.commit(pipeline, seed: seed) }
        group.addTask {
          await Self.submitAll(40, to: pipeline, room, seed: seed)
          pipeline.finish(discardingJobs: false)
          return []
        }
        return await group.reduce([], +)
      }
      #expect(seen == Array(0..<40))
      #expect(pipeline.load.documents == 0)
      #expect(pipeline.load.bytes == 0)
    }
  }

  @Test func stoppingInTheMiddleEndsEveryTask() async {
    for seed in 0..<400 as Range<UInt64> {
      let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
      let seen = await withTaskGroup(of: [Int].self) { group in
        for worker in 0..<3 as Range<UInt64> {
          group.addTask {
            await Self.work(pipeline, seed: seed &* 31 &+ worker)
            return []
          }
        }
        group.addTask { await Self.commit(pipeline, seed: seed) }
        group.addTask {
          var random = SeededGenerator(seed: seed)
          for number in 0..<8 {
            _ = pipeline.submit(Self.job(number))
            await Self.yields(&random)
          }
          pipeline.finish(discardingJobs: true)
          return []
        }
        return await group.reduce([], +)
      }
      // What was begun is committed, and nothing from its middle is missing.
      #expect(seen == Array(0..<seen.count))
    }
  }

  /// The decider fails while others wait for bytes, for jobs and for room.
  @Test func nobodyWaitsForADeciderThatEnded() async {
    for seed in 0..<400 as Range<UInt64> {
      let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
      for number in 0..<8 { _ = pipeline.submit(Self.job(number)) }
      await withTaskGroup(of: Void.self) { group in
        for worker in 0..<3 as Range<UInt64> {
          group.addTask { await Self.work(pipeline, seed: seed &* 31 &+ worker) }
        }
        group.addTask {
          var random = SeededGenerator(seed: seed)
          if seed % 2 == 0 { _ = await pipeline.takeOutcomes(upTo: 1) }
          await Self.yields(&random)
          pipeline.abandon()
        }
      }
      #expect(!pipeline.hasRoom)
    }
  }

  @Test func anInterruptionIsNotLost() async {
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    pipeline.interruptDecider()
    #expect(await pipeline.takeOutcomes(upTo: 1)?.isEmpty == true)
    for _ in 0..<500 {
      async let outcomes = pipeline.takeOutcomes(upTo: 1)
      pipeline.interruptDecider()
      #expect(await outcomes?.isEmpty == true)
    }
  }

  /// Which jobs began to read each file.
  private final class Readings: Sendable {
    let order = Mutex<[Int: [UInt64]]>([:])
  }

  private static func read(_ pipeline: Pipeline, _ readings: Readings, seed: UInt64) async {
    var random = SeededGenerator(seed: seed)
    while case let jobs = await pipeline.takeJobs(upTo: 3), !jobs.isEmpty {
      for job in jobs {
        await pipeline.turn(of: job)
        readings.order.withLock { $0[job.job.key.drop, default: []].append(job.ticket) }
        await yields(&random)
        let last = readings.order.withLock { $0[job.job.key.drop]?.last }
        #expect(last == job.ticket, "nobody else reads it meanwhile")
        pipeline.complete(job.ticket, outcome(job.job))
      }
    }
  }

  @Test func aFileIsReadByOneWorkerAtATimeAndInOrder() async {
    for seed in 0..<200 as Range<UInt64> {
      let pipeline = Pipeline(limit: 40, byteLimit: 100, roomAgain: {})
      for number in 0..<40 { _ = pipeline.submit(Self.job(number % 3)) }
      pipeline.finish(discardingJobs: false)
      let readings = Readings()
      await withTaskGroup(of: Void.self) { group in
        for worker in 0..<4 as Range<UInt64> {
          group.addTask { await Self.read(pipeline, readings, seed: seed &* 31 &+ worker) }
        }
      }
      let order = readings.order.withLock { $0 }
      #expect(order.values.allSatisfy { $0 == $0.sorted() })
      #expect(order.values.reduce(0) { $0 + $1.count } == 40)
    }
  }

  @Test func finishingEndsThoseWhoWait() async {
    for _ in 0..<500 {
      let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
      async let outcomes = pipeline.takeOutcomes(upTo: 1)
      async let first = pipeline.takeJobs(upTo: 1)
      async let second = pipeline.takeJobs(upTo: 1)
      pipeline.finish(discardingJobs: false)
      #expect(await outcomes == nil)
      #expect(await first.isEmpty)
      #expect(await second.isEmpty)
    }
  }

  @Test func roomIsToldOnceAndOnlyToWhoAsked() async throws {
    let told = Mutex(0)
    let pipeline = Pipeline(limit: 2, byteLimit: 100, roomAgain: { told.withLock { $0 += 1 } })
    for number in 0..<2 { #expect(pipeline.submit(Self.job(number))) }
    let jobs = await pipeline.takeJobs(upTo: 2)
    pipeline.complete(jobs[0].ticket, Self.outcome(jobs[0].job))
    _ = await pipeline.takeOutcomes(upTo: 2)
    #expect(told.withLock { $0 } == 0)
    #expect(pipeline.submit(Self.job(2)))
    #expect(!pipeline.submit(Self.job(3)))
    #expect(!pipeline.hasRoom)
    pipeline.complete(jobs[1].ticket, Self.outcome(jobs[1].job))
    #expect(told.withLock { $0 } == 0)
    _ = await pipeline.takeOutcomes(upTo: 2)
    #expect(told.withLock { $0 } == 1)
    #expect(pipeline.hasRoom)
  }

  @Test func aRaisedLimitLetsThoseGoOnWhoWaitForBytes() async {
    let pipeline = Pipeline(limit: 2, byteLimit: 100, roomAgain: {})
    for number in 0..<2 { _ = pipeline.submit(Self.job(number)) }
    let tickets = await pipeline.takeJobs(upTo: 2).map(\.ticket)
    async let admitted = pipeline.admit(tickets[1], bytes: 500)
    await Task.yield()
    pipeline.setByteLimit(500)
    #expect(await admitted)
    #expect(pipeline.load.bytes == 500)
  }
}
