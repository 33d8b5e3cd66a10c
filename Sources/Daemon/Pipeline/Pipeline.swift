// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Thin storage around `ArrivalWindow`: who has to wait, waits here.
///
/// The intake submits and never waits (it is woken when there is room again); workers wait for
/// jobs and for bytes; the one deciding task waits for results.
final class Pipeline: Sendable {
  typealias Window = ArrivalWindow<FileJob, FileOutcome>

  private struct State {
    var window: Window
    /// The jobs of each file that are not done, in order: a file is read by one worker at a time,
    /// so that its contents are seen in the order in which they were there.
    var turns: [DroppedFile: [Window.Ticket]] = [:]
    var waitingForTurn: [CheckedContinuation<Void, Never>] = []
    var idleWorkers: [CheckedContinuation<Void, Never>] = []
    var waitingForBytes: [CheckedContinuation<Void, Never>] = []
    var decider: CheckedContinuation<Void, Never>?
    var intakeWantsRoom = false
    var isInterrupted = false
    /// Nobody takes results any more.
    var isAbandoned = false
    /// What is not done is left for the next start.
    var isStopping = false

    func isNext(_ ticketed: Window.Ticketed) -> Bool {
      isAbandoned || (turns[ticketed.job.key]?.first ?? ticketed.ticket) == ticketed.ticket
    }

    /// The job is done; answers whom to wake.
    mutating func endTurn(
      of file: DroppedFile, _ ticket: Window.Ticket
    ) -> [CheckedContinuation<Void, Never>] {
      turns[file]?.removeAll { $0 == ticket }
      guard turns[file]?.isEmpty == true else {
        let woken = waitingForTurn
        waitingForTurn = []
        return woken
      }
      turns[file] = nil
      return []
    }
  }

  private let state: Mutex<State>
  /// Called, from any task, when the window has room again after `submit` refused.
  private let roomAgain: @Sendable () -> Void

  init(limit: Int, byteLimit: Int, roomAgain: @escaping @Sendable () -> Void) {
    state = Mutex(State(window: Window(limit: limit, byteLimit: byteLimit)))
    self.roomAgain = roomAgain
  }

  struct Load: Sendable {
    var documents: Int
    var bytes: Int
  }

  var load: Load {
    state.withLock { Load(documents: $0.window.count, bytes: $0.window.bytesInFlight) }
  }

  // MARK: Intake

  /// Takes a job in; false when full, then `roomAgain` is called once there is room.
  func submit(_ job: FileJob) -> Bool {
    let (taken, worker) = state.withLock {
      state -> (Bool, CheckedContinuation<Void, Never>?) in
      guard let ticket = state.window.submit(job) else {
        state.intakeWantsRoom = true
        return (false, nil)
      }
      state.turns[job.key, default: []].append(ticket)
      return (true, state.idleWorkers.popLast())
    }
    worker?.resume()
    return taken
  }

  var hasRoom: Bool {
    state.withLock {
      if $0.window.hasRoom { return true }
      $0.intakeWantsRoom = true
      return false
    }
  }

  func setByteLimit(_ limit: Int) {
    let woken = state.withLock { state in
      state.window.byteLimit = limit
      return Self.everyoneWaitingForBytes(&state)
    }
    for continuation in woken { continuation.resume() }
  }

  /// Ends the intake: workers and the decider run dry and return.
  func finish(discardingJobs: Bool) {
    let woken = state.withLock { state in
      state.window.finish(discardingJobs: discardingJobs)
      state.isStopping = state.isStopping || discardingJobs
      return Self.everyone(&state)
    }
    for continuation in woken { continuation.resume() }
  }

  /// The decider ended: nothing moves the oldest ticket on, so nobody may wait for that.
  func abandon() {
    let woken = state.withLock { state in
      state.isAbandoned = true
      state.isStopping = true
      state.window.finish(discardingJobs: true)
      return Self.everyone(&state)
    }
    for continuation in woken { continuation.resume() }
  }

  private static func everyone(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    var woken = state.idleWorkers + everyoneWaitingForBytes(&state) + state.waitingForTurn
    state.idleWorkers = []
    state.waitingForTurn = []
    if let decider = state.decider.take() { woken.append(decider) }
    return woken
  }

  private static func everyoneWaitingForBytes(
    _ state: inout State
  ) -> [CheckedContinuation<Void, Never>] {
    let woken = state.waitingForBytes
    state.waitingForBytes = []
    return woken
  }

  // MARK: Workers

  /// The next jobs, at most `count`; waits for one; empty when there will be no more.
  func takeJobs(upTo count: Int) async -> [Window.Ticketed] {
    while true {
      let jobs = state.withLock { state -> [Window.Ticketed]? in
        if state.window.hasJobs { return state.window.takeJobs(upTo: count) }
        return state.window.noMoreJobs ? [] : nil
      }
      if let jobs { return jobs }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.window.hasJobs || state.window.noMoreJobs { return true }
          state.idleWorkers.append(continuation)
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }

  /// Waits until no earlier job of the same file is on its way.
  ///
  /// Jobs are handed out in order, so that an earlier one is in the hands of somebody who does not
  /// wait for this one.
  func turn(of ticketed: Window.Ticketed) async {
    while true {
      let isNext = state.withLock { $0.isNext(ticketed) }
      if isNext { return }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.isNext(ticketed) { return true }
          state.waitingForTurn.append(continuation)
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }

  /// Returns true when the job may hold that many bytes, false when its result is wanted no more.
  func admit(_ ticket: Window.Ticket, bytes: Int) async -> Bool {
    while true {
      let answer = state.withLock { state -> Bool? in
        if state.isAbandoned { return false }
        return state.window.admit(ticket, bytes: bytes) ? true : nil
      }
      if let answer { return answer }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.isAbandoned || state.window.canAdmit(ticket, bytes: bytes) { return true }
          state.waitingForBytes.append(continuation)
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }

  /// Whether other jobs than the one that asks are on their way.
  var hasOthers: Bool { state.withLock { $0.window.count > 1 } }

  /// Whether all before a job are decided, or what is not done is to be left for the next start.
  func isOldest(_ ticket: Window.Ticket) -> Bool {
    state.withLock { $0.isStopping || $0.isAbandoned || $0.window.isOldest(ticket) }
  }

  /// Whether what is not done is to be left for the next start.
  var isStopping: Bool { state.withLock { $0.isStopping } }

  /// Files some of a job's results, once those before are taken, so that no more than these are
  /// held; false when the rest is not wanted any more.
  func add(_ parts: [FileOutcome], of ticket: Window.Ticket) async -> Bool {
    while true {
      let (isAnswered, decider) = state.withLock {
        state -> (Bool?, CheckedContinuation<Void, Never>?) in
        if state.isStopping { return (false, nil) }
        guard state.window.areTaken(ticket) else { return (nil, nil) }
        state.window.add(parts, of: ticket)
        return (true, state.window.hasOutcome ? state.decider.take() : nil)
      }
      decider?.resume()
      if let isAnswered { return isAnswered }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.isStopping || state.window.areTaken(ticket) { return true }
          state.waitingForBytes.append(continuation)
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }

  /// Files a result; a document keeps its bytes until it is taken.
  func complete(_ ticket: Window.Ticket, _ outcome: FileOutcome) {
    let woken = state.withLock { state in
      let others = state.endTurn(of: outcome.key, ticket)
      if !outcome.holdsText { state.window.release(ticket) }
      state.window.complete(ticket, outcome)
      var woken = Self.everyoneWaitingForBytes(&state) + others
      if state.window.hasOutcome, let decider = state.decider.take() {
        woken.append(decider)
      }
      return woken
    }
    for continuation in woken { continuation.resume() }
  }

  // MARK: Decider

  /// Makes `takeOutcomes` return, with nothing if need be: something else is to be looked at.
  func interruptDecider() {
    let decider = state.withLock { state in
      state.isInterrupted = true
      return state.decider.take()
    }
    decider?.resume()
  }

  /// Whether `takeOutcomes` would return a result at once.
  var hasOutcome: Bool { state.withLock { $0.window.hasOutcome } }

  /// The next results in order of arrival, at most `count`; nil when there will be no more.
  ///
  /// Empty after an interruption.
  func takeOutcomes(upTo count: Int) async -> [FileOutcome]? {
    while true {
      let (outcomes, isOver, woken, room) = state.withLock {
        state -> ([FileOutcome], Bool?, [CheckedContinuation<Void, Never>], Bool) in
        let outcomes = state.window.takeOutcomes(upTo: count)
        var woken: [CheckedContinuation<Void, Never>] = []
        if !outcomes.isEmpty {
          // The oldest ticket moved on: who holds it now is admitted whatever its size.
          woken = Self.everyoneWaitingForBytes(&state)
        }
        let room = state.intakeWantsRoom && state.window.hasRoom
        if room { state.intakeWantsRoom = false }
        let isOver = state.window.isDrained ? true : state.isInterrupted ? false : nil
        state.isInterrupted = false
        return (outcomes, isOver, woken, room)
      }
      for continuation in woken { continuation.resume() }
      if room { roomAgain() }
      if !outcomes.isEmpty { return outcomes }
      if let isOver { return isOver ? nil : [] }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if state.window.hasOutcome || state.window.isDrained || state.isInterrupted {
            return true
          }
          state.decider = continuation
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }
}
