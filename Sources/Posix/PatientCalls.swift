// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Synchronization

/// Makes calls that a file system may never answer, on threads that can be given up.
///
/// A dead server of NFS or FUSE keeps whoever asks for as long as it likes, and no signal helps.
/// So the call is made by another thread; who wants the answer waits for `patience` and then goes
/// on without it. From then on its place counts as hanging and nobody asks there again until a call
/// that hung has come back: at most one thread a caller is lost to a place.
package final class PatientCalls: Sendable {
  /// A file system that moves nothing for so long hangs, in nanoseconds.
  package static let patience: UInt64 = 3_000_000_000
  private static let shortPatience: UInt64 = 1_000_000_000
  /// Threads that are kept for the next call: those of the intake and of a few workers.
  private static let idleLimit = 4
  /// Calls that may hang in one place before nothing is tried there any more.
  private static let stuckLimit = 16

  private struct State {
    package var idle: [CallThread] = []
    /// Since when, on the monotonic clock.
    package var hangingSince: [Int: UInt64] = [:]
    var stuck: [Int: Int] = [:]
    package var changed: @Sendable () -> Void = {}
  }

  private let state = Mutex(State())
  private let patience: UInt64

  /// - Parameter patience: nanoseconds without a sign of life after which a call is given up.
  package init(patience: UInt64 = PatientCalls.patience) { self.patience = patience }

  deinit { for thread in state.withLock({ $0.idle }) { thread.end() } }

  /// Called, from any thread, when a place begins or ceases to hang.
  package func whenChanged(_ body: @escaping @Sendable () -> Void) {
    state.withLock { $0.changed = body }
  }

  /// Since when a place hangs, on the monotonic clock; nil when it does not.
  package func hangingSince(_ place: Int) -> UInt64? { state.withLock { $0.hangingSince[place] } }

  /// What `body` answers; nil when it does not answer, or the place hangs already.
  ///
  /// - Parameters:
  ///   - whileAlive: called now and then while `body` gets on.
  ///   - body: may go on for long as long as it gives a sign of life now and then.
  package func call<Value: Sendable>(
    _ place: Int, whileAlive: () -> Void = {},
    _ body: @escaping @Sendable (SignOfLife) -> Value
  ) -> Value? {
    guard hangingSince(place) == nil, let thread = takeThread() else { return nil }
    let call = Call<Value>()
    let started = Clocks.monotonic()
    thread.run { [self] in
      let wasGivenUp = call.finish(body(call.life))
      if wasGivenUp { cameBack(place) }
      keep(thread)
    }
    if let value = call.wait(patienceNow, whileAlive) { return value }
    // Before the call is given up, so that it cannot come back unnoticed.
    givenUp(place, since: started)
    guard let late = call.giveUp() else { return nil }
    cameBack(place)
    return late
  }

  /// Where one place hangs others may be on the same server: ten of them must not take ten times as
  /// long to find that out.
  private var patienceNow: UInt64 {
    state.withLock { $0.hangingSince.isEmpty } ? patience : min(patience, Self.shortPatience)
  }

  /// Asks a hanging place again without waiting: a mount that was taken away never answers those
  /// who wait in it, while its name may lead to another one by now.
  package func probe(_ place: Int, _ body: @escaping @Sendable () -> Void) {
    let isWorthIt = state.withLock { state in
      guard state.hangingSince[place] != nil, state.stuck[place, default: 0] < Self.stuckLimit
      else { return false }
      state.stuck[place, default: 0] += 1
      return true
    }
    guard isWorthIt else { return }
    guard let thread = takeThread() else { return cameBack(place, answers: false) }
    thread.run { [self] in
      body()
      cameBack(place)
      keep(thread)
    }
  }

  private func givenUp(_ place: Int, since: UInt64) {
    let changed = state.withLock { state in
      state.stuck[place, default: 0] += 1
      guard state.hangingSince[place] == nil else { return state.changed }
      state.hangingSince[place] = since
      return state.changed
    }
    changed()
  }

  private func cameBack(_ place: Int, answers: Bool = true) {
    let changed = state.withLock { state in
      state.stuck[place, default: 1] -= 1
      if answers { state.hangingSince[place] = nil }
      return state.changed
    }
    changed()
  }

  private func takeThread() -> CallThread? {
    if let thread = state.withLock({ $0.idle.popLast() }) { return thread }
    return CallThread.start()
  }

  private func keep(_ thread: CallThread) {
    let isKept = state.withLock { state in
      guard state.idle.count < Self.idleLimit else { return false }
      state.idle.append(thread)
      return true
    }
    if !isKept { thread.end() }
  }
}

/// How a call that takes long says that it gets on.
package final class SignOfLife: Sendable {
  private let count = Atomic<UInt64>(0)

  package func give() { count.add(1, ordering: .relaxed) }

  fileprivate var value: UInt64 { count.load(ordering: .relaxed) }
}

/// One call, between who made it and who waits for its answer.
private final class Call<Value: Sendable>: Sendable {
  private enum State {
    case running
    case done(Value)
    case givenUp
  }

  package let life = SignOfLife()
  private let state = Mutex(State.running)
  private let done = MonotonicSemaphore()

  /// True when nobody waits for the answer any more.
  package func finish(_ value: Value) -> Bool {
    let wasGivenUp = state.withLock { state in
      if case .givenUp = state { return true }
      state = .done(value)
      return false
    }
    done.signal()
    return wasGivenUp
  }

  /// Waits as long as there are signs of life; nil when there is no answer by then.
  package func wait(_ patience: UInt64, _ whileAlive: () -> Void) -> Value? {
    var last = life.value
    while !done.wait(timeout: patience) {
      let present = life.value
      if present == last { break }
      last = present
      whileAlive()
    }
    return answer
  }

  private var answer: Value? {
    state.withLock { if case .done(let value) = $0 { value } else { nil } }
  }

  /// Leaves it alone; an answer that came at the last moment is given after all.
  func giveUp() -> Value? {
    state.withLock { state in
      if case .done(let value) = state { return value }
      state = .givenUp
      return nil
    }
  }
}

/// A thread that does one thing after the other.
private final class CallThread: Sendable {
  private let next = Mutex<(@Sendable () -> Void)?>(nil)
  private let arrived = MonotonicSemaphore()

  /// nil when no thread can be had now.
  package static func start() -> CallThread? {
    let thread = CallThread()
    var identifier = pthread_t()
    let context = Unmanaged.passRetained(thread).toOpaque()
    let number = pthread_create(
      &identifier, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<CallThread>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context)
    guard number == 0 else {
      Unmanaged<CallThread>.fromOpaque(context).release()
      return nil
    }
    pthread_detach(identifier)
    return thread
  }

  package func run(_ body: @escaping @Sendable () -> Void) {
    next.withLock { $0 = body }
    arrived.signal()
  }

  /// Ends when it has done what it was given.
  package func end() { arrived.signal() }

  private func work() {
    while true {
      arrived.wait()
      guard let body = next.withLock({ $0.take() }) else { return }
      body()
    }
  }
}
