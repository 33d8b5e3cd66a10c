// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ArrivalWindowTests {
  private typealias Window = ArrivalWindow<Int, Int>

  private func filled(_ count: Int, limit: Int = 8, byteLimit: Int = 100) -> Window {
    var window = Window(limit: limit, byteLimit: byteLimit)
    for job in 0..<count { #expect(window.submit(job) != nil) }
    return window
  }

  @Test func resultsLeaveInTheOrderOfArrival() {
    var window = filled(4)
    let jobs = window.takeJobs(upTo: 8)
    #expect(jobs.map(\.job) == [0, 1, 2, 3])
    window.complete(jobs[2].ticket, 2)
    window.complete(jobs[1].ticket, 1)
    #expect(!window.hasOutcome)
    #expect(window.takeOutcomes(upTo: 8) == [])
    window.complete(jobs[0].ticket, 0)
    #expect(window.hasOutcome)
    #expect(window.takeOutcomes(upTo: 2) == [0, 1])
    #expect(window.takeOutcomes(upTo: 2) == [2])
    window.checkInvariants()
    #expect(window.count == 1)
  }

  @Test func isBoundedUntilResultsAreTaken() {
    var window = filled(3, limit: 3)
    #expect(!window.hasRoom)
    #expect(window.submit(3) == nil)
    let jobs = window.takeJobs(upTo: 3)
    #expect(!window.hasRoom)
    window.complete(jobs[0].ticket, 0)
    #expect(!window.hasRoom)
    _ = window.takeOutcomes(upTo: 1)
    #expect(window.submit(3) != nil)
    #expect(window.takeJobs(upTo: 1).map(\.ticket) == [3])
  }

  @Test func bytesAreBounded() {
    var window = filled(3)
    let tickets = window.takeJobs(upTo: 3).map(\.ticket)
    #expect(window.admit(tickets[1], bytes: 60) == true)
    #expect(window.admit(tickets[2], bytes: 41) == false)
    #expect(window.admit(tickets[2], bytes: 40) == true)
    #expect(window.bytesInFlight == 100)
    window.release(tickets[1])
    window.release(tickets[1])
    #expect(window.bytesInFlight == 40)
    window.checkInvariants()
  }

  @Test func theOldestJobIsAdmittedWhateverItsSize() {
    var window = filled(2)
    let tickets = window.takeJobs(upTo: 2).map(\.ticket)
    #expect(window.admit(tickets[1], bytes: 90) == true)
    #expect(window.admit(tickets[0], bytes: 1_000_000) == true)
    #expect(window.bytesInFlight == 1_000_090)
    window.release(tickets[1])
    window.complete(tickets[1], 1)
    window.release(tickets[0])
    window.complete(tickets[0], 0)
    #expect(window.takeOutcomes(upTo: 9) == [0, 1])
    #expect(window.bytesInFlight == 0)
  }

  @Test func aLargeJobIsAdmittedWhenItHasBecomeTheOldest() {
    var window = filled(2)
    let tickets = window.takeJobs(upTo: 2).map(\.ticket)
    #expect(!window.canAdmit(tickets[1], bytes: 101))
    window.complete(tickets[0], 0)
    // Done is not enough: while the result waits, its successor is not the oldest.
    #expect(!window.canAdmit(tickets[1], bytes: 101))
    _ = window.takeOutcomes(upTo: 1)
    #expect(window.admit(tickets[1], bytes: 101) == true)
  }

  @Test func aSecondLookIsNotCountedTwice() {
    var window = filled(2)
    let ticket = window.takeJobs(upTo: 2)[1].ticket
    #expect(window.admit(ticket, bytes: 70) == true)
    #expect(window.admit(ticket, bytes: 80) == true)
    #expect(window.bytesInFlight == 80)
    window.checkInvariants()
  }

  @Test func aChangedLimitHoldsFromThenOn() {
    var window = filled(3)
    let tickets = window.takeJobs(upTo: 3).map(\.ticket)
    #expect(window.admit(tickets[1], bytes: 100) == true)
    window.byteLimit = 50
    window.release(tickets[1])
    #expect(window.admit(tickets[1], bytes: 51) == false)
    #expect(window.admit(tickets[2], bytes: 50) == true)
  }

  @Test func finishingLetsTheRestRunDry() {
    var window = filled(2)
    window.finish(discardingJobs: false)
    #expect(!window.hasRoom)
    #expect(window.submit(9) == nil)
    #expect(!window.noMoreJobs)
    let jobs = window.takeJobs(upTo: 2)
    #expect(window.noMoreJobs)
    #expect(!window.isDrained)
    for job in jobs { window.complete(job.ticket, job.job) }
    #expect(window.takeOutcomes(upTo: 2) == [0, 1])
    #expect(window.isDrained)
  }

  @Test func finishingAtOnceKeepsWhatWasBegun() {
    var window = filled(5)
    let jobs = window.takeJobs(upTo: 2)
    window.finish(discardingJobs: true)
    window.checkInvariants()
    #expect(window.noMoreJobs)
    #expect(window.count == 2)
    for job in jobs { window.complete(job.ticket, job.job) }
    #expect(window.takeOutcomes(upTo: 9) == [0, 1])
    #expect(window.isDrained)
    window.finish(discardingJobs: true)
    #expect(window.isDrained)
  }

  @Test func partsLeaveBeforeTheirJobIsDoneAndOnlyInItsTurn() {
    var window = filled(3)
    let jobs = window.takeJobs(upTo: 3)
    window.add([10, 11, 12], of: jobs[1].ticket)
    #expect(!window.hasOutcome)
    window.complete(jobs[2].ticket, 2)
    window.complete(jobs[0].ticket, 0)
    #expect(window.takeOutcomes(upTo: 3) == [0, 10, 11])
    #expect(!window.areTaken(jobs[1].ticket))
    #expect(window.takeOutcomes(upTo: 3) == [12])
    #expect(window.areTaken(jobs[1].ticket))
    #expect(!window.hasOutcome)
    // The job that gives them is the oldest until it is done.
    #expect(window.admit(jobs[1].ticket, bytes: 1_000) == true)
    window.add([13], of: jobs[1].ticket)
    window.complete(jobs[1].ticket, 1)
    #expect(window.takeOutcomes(upTo: 9) == [13, 1, 2])
    #expect(window.bytesInFlight == 0)
    window.checkInvariants()
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func keepsItsPromisesOnRandomSchedules(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let limit = Int.random(in: 1...6, using: &random)
    var window = Window(limit: limit, byteLimit: 100)
    var submitted = 0
    var begun: [Window.Ticketed] = []
    var held: [UInt64: Int] = [:]
    var done: Set<Int> = []
    var left: [Int] = []
    for _ in 0..<1_500 {
      switch Int.random(in: 0..<5, using: &random) {
      case 0:
        let isTaken = window.submit(submitted) != nil
        #expect(isTaken == (submitted - left.count < limit))
        submitted += isTaken ? 1 : 0
      case 1: begun += window.takeJobs(upTo: Int.random(in: 1...3, using: &random))
      case 2:
        guard let job = begun.randomElement(using: &random), held[job.ticket] == nil else { break }
        let bytes = Int.random(in: 0...150, using: &random)
        let isOldest = job.job == left.count
        let isAdmitted = window.admit(job.ticket, bytes: bytes)
        #expect(isAdmitted == (isOldest || held.values.reduce(bytes, +) <= 100))
        if isAdmitted { held[job.ticket] = bytes }
      case 3:
        guard let place = begun.indices.randomElement(using: &random) else { break }
        let job = begun.remove(at: place)
        window.release(job.ticket)
        window.complete(job.ticket, job.job)
        held[job.ticket] = nil
        done.insert(job.job)
      default:
        let count = Int.random(in: 1...4, using: &random)
        let expected = (left.count..<left.count + count).prefix { done.contains($0) }
        let outcomes = window.takeOutcomes(upTo: count)
        #expect(outcomes == Array(expected))
        left += outcomes
      }
      window.checkInvariants()
      #expect(window.bytesInFlight == held.values.reduce(0, +))
      // The limit, and one file besides: no file here has more than 150 bytes.
      #expect(window.bytesInFlight <= 100 + 150)
    }
    #expect(left == Array(0..<left.count))
    #expect(left.count > 50)
  }
}
