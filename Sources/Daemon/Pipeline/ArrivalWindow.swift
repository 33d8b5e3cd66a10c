// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import DequeModule

/// The documents between arrival and decision: handed out to workers, put back into arrival order.
///
/// A pure state machine. Each job gets a ticket, one more than the last; workers take jobs in that
/// order and finish them in any; results leave in the order of the tickets. Both the number of
/// jobs and the bytes that they hold until then are bounded. The oldest job is always admitted,
/// whatever its size, so that the others can never keep it, and with it everything, from going on:
/// what is held is at most the byte limit and one file.
///
/// A job may have several results, as a container has: parts that leave before it is done, when it
/// is the oldest.
package struct ArrivalWindow<Job: Sendable, Outcome: Sendable>: Sendable {
  /// A job's place in the order of arrival, from 0.
  package typealias Ticket = UInt64

  /// A job on its way, with its place in the order of arrival.
  package struct Ticketed: Sendable {
    /// Its place.
    package var ticket: Ticket
    /// What is to be done.
    package var job: Job
  }

  /// The most jobs between arrival and decision.
  package let limit: Int
  /// The most bytes held at a time, but for the oldest job.
  package var byteLimit: Int

  /// What a job has come to so far.
  private struct Results: Sendable {
    /// In order, before the last one.
    var parts = Deque<Outcome>()
    /// nil until its worker is done.
    var last: Outcome?

    var areThere: Bool { last != nil || !parts.isEmpty }
  }

  private var waiting = Deque<Ticketed>()
  /// A place per ticket from `oldest` on.
  private var outcomes = Deque<Results>()
  private var oldest: Ticket = 0
  private var granted: [Ticket: Int] = [:]
  private var bytesHeld = 0
  private var isFinished = false

  /// Makes an empty window for `limit` jobs that hold `byteLimit` bytes.
  package init(limit: Int, byteLimit: Int) {
    self.limit = limit
    self.byteLimit = byteLimit
  }

  /// Jobs that arrived and did not leave as results.
  package var count: Int { outcomes.count }
  /// Whether another job would be taken in.
  package var hasRoom: Bool { outcomes.count < limit && !isFinished }
  /// Bytes granted and not given back.
  package var bytesInFlight: Int { bytesHeld }
  /// Whether results of the oldest job can be taken.
  package var hasOutcome: Bool { outcomes.first?.areThere ?? false }
  /// Nothing will come any more and everything was taken.
  package var isDrained: Bool { isFinished && outcomes.isEmpty }
  /// Whether a job waits for a worker.
  package var hasJobs: Bool { !waiting.isEmpty }
  /// Whether no worker will ever get a job again.
  package var noMoreJobs: Bool { isFinished && waiting.isEmpty }

  /// Takes a job in and answers its ticket; nil when there is no room.
  package mutating func submit(_ job: Job) -> Ticket? {
    guard hasRoom else { return nil }
    let ticket = oldest + UInt64(outcomes.count)
    waiting.append(Ticketed(ticket: ticket, job: job))
    outcomes.append(Results())
    return ticket
  }

  /// Hands out up to `count` jobs, the oldest first.
  package mutating func takeJobs(upTo count: Int) -> [Ticketed] {
    var jobs: [Ticketed] = []
    while jobs.count < count, let next = waiting.popFirst() { jobs.append(next) }
    return jobs
  }

  /// Whether a job may hold `bytes` in all now; when not, it asks again after a release.
  package mutating func admit(_ ticket: Ticket, bytes: Int) -> Bool {
    guard canAdmit(ticket, bytes: bytes) else { return false }
    release(ticket)
    granted[ticket] = bytes
    bytesHeld += bytes
    return true
  }

  /// Whether `admit` would say yes.
  package func canAdmit(_ ticket: Ticket, bytes: Int) -> Bool {
    // What it holds already is not counted twice: a file may have grown before another look.
    ticket == oldest || bytesHeld - (granted[ticket] ?? 0) + bytes <= byteLimit
  }

  /// Whether a job is the next whose results leave.
  package func isOldest(_ ticket: Ticket) -> Bool { ticket == oldest }

  /// Gives back what `admit` granted before the result is taken, which does it otherwise.
  package mutating func release(_ ticket: Ticket) {
    bytesHeld -= granted.removeValue(forKey: ticket) ?? 0
  }

  /// Files a worker's result under its ticket.
  package mutating func complete(_ ticket: Ticket, _ outcome: Outcome) {
    precondition(ticket >= oldest, "a ticket is completed once")
    outcomes[Int(ticket - oldest)].last = outcome
  }

  /// Files results that come before the one that completes the job.
  package mutating func add(_ parts: [Outcome], of ticket: Ticket) {
    precondition(ticket >= oldest, "a job that is completed has no more results")
    outcomes[Int(ticket - oldest)].parts += parts
  }

  /// Whether all parts of a job's results that were filed are taken.
  package func areTaken(_ ticket: Ticket) -> Bool {
    outcomes[Int(ticket - oldest)].parts.isEmpty
  }

  /// The results that are next in order of arrival, up to `count`; empty when the
  /// oldest is not done.
  package mutating func takeOutcomes(upTo count: Int) -> [Outcome] {
    var taken: [Outcome] = []
    while taken.count < count, !outcomes.isEmpty {
      if let part = outcomes[0].parts.popFirst() {
        taken.append(part)
      } else if let last = outcomes[0].last {
        outcomes.removeFirst()
        release(oldest)
        oldest += 1
        taken.append(last)
      } else {
        break
      }
    }
    return taken
  }

  /// Takes nothing more in. With `discardingJobs`, jobs that no worker has begun are dropped: the
  /// next scan finds their files again.
  package mutating func finish(discardingJobs: Bool) {
    isFinished = true
    guard discardingJobs else { return }
    outcomes.removeLast(waiting.count)
    waiting.removeAll()
  }

  /// The window is bounded, and every job and byte in it is accounted for.
  package func checkInvariants() {
    #if DEBUG
      precondition(outcomes.count <= limit, "the window is bounded")
      let first = oldest + UInt64(outcomes.count - waiting.count)
      precondition(waiting.map(\.ticket) == Array(first..<(oldest + UInt64(outcomes.count))))
      precondition(granted.keys.allSatisfy { $0 < first }, "only begun jobs hold bytes")
      precondition(bytesHeld == granted.values.reduce(0, +), "bytes are accounted for")
      precondition(waiting.count <= outcomes.count, "each waiting job has its place")
    #endif
  }
}
