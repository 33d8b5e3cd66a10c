// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import DequeModule
internal import Documents
internal import Posix
internal import Synchronization

/// Files that wait for a program to read them, and those that have taken too long to wait for.
///
/// Bounded by the window: each file in it has its ticket, and its bytes are admitted. Decisions are
/// made in the order of arrival, so that a file whose program takes long would hold up all behind
/// it. Its ticket is given back then, as that of a file which is still being written, and the
/// intake comes back to it; what the program made of it is kept until then.
final class ExtractionQueue: Sendable {
  struct Job: Sendable {
    let ticket: Pipeline.Window.Ticket
    let outcome: FileOutcome
    /// The file's; of one that is too large to be held, it is open instead.
    var bytes: [UInt8] = []
    var file: ContainerFile?
    /// What it is packed in; nil for a document.
    var packing: ForeignFormat?
    /// Whether it is a container, whose members are handed over one after the other: that waits for
    /// all files before it, and they may have to wait for a program.
    var awaitsOthers = false
    /// Nanoseconds on the monotonic clock.
    var queued = Clocks.monotonic()
  }

  /// What is known of a file whose ticket was given back.
  enum Earlier: Sendable {
    case running
    case over(FileOutcome)
  }

  /// How long others wait for a file, in nanoseconds: a few times what a program takes for most.
  static let patience: UInt64 = 1_000_000_000
  /// Texts that nobody has come back for; of files that changed meanwhile nobody will.
  private static let mostKept = 16

  private struct Version: Hashable {
    let key: DroppedFile
    let identity: FileIdentity
  }

  private struct State {
    var waiting = Deque<Job>()
    var idle: [CheckedContinuation<Void, Never>] = []
    var producers: Int
    var running: Set<Version> = []
    /// The oldest first.
    var over: [(version: Version, outcome: FileOutcome)] = []

    var isOver: Bool { producers == 0 && waiting.isEmpty }
  }

  private let state: Mutex<State>

  /// - Parameter producers: How many tasks append jobs, each of which says when it ends.
  init(producers: Int) { state = Mutex(State(producers: producers)) }

  func append(_ job: Job) {
    let taker = state.withLock { state in
      state.waiting.append(job)
      return state.idle.popLast()
    }
    taker?.resume()
  }

  /// A task that appends jobs has ended.
  func leave() {
    let woken = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.producers -= 1
      guard state.producers == 0 else { return [] }
      defer { state.idle = [] }
      return state.idle
    }
    for continuation in woken { continuation.resume() }
  }

  /// How long it takes to notice that a container is the oldest of all files.
  private static let look = Duration.milliseconds(5)

  /// The job that has waited longest; waits for one; nil when there will be no more.
  ///
  /// - Parameter isOldest: Whether all files before one are decided.
  func take(
    isOldest: (Pipeline.Window.Ticket) -> Bool = { _ in true }
  ) async -> Job? {
    while true {
      let (job, isOver, isToLook) = state.withLock { state -> (Job?, Bool, Bool) in
        let place = state.waiting.firstIndex { !$0.awaitsOthers || isOldest($0.ticket) }
        let job = place.map { state.waiting.remove(at: $0) }
        return (job, state.isOver, !state.waiting.isEmpty)
      }
      if let job { return job }
      if isOver { return nil }
      if isToLook {
        try? await Pause.wait(for: Self.look)
        continue
      }
      await withCheckedContinuation { continuation in
        let resumeNow = state.withLock { state in
          if !state.waiting.isEmpty || state.isOver { return true }
          state.idle.append(continuation)
          return false
        }
        if resumeNow { continuation.resume() }
      }
    }
  }

  // MARK: Files that take long

  /// The job's program goes on, and nobody waits for it; false when that was said before.
  func giveUpWaiting(for job: Job) -> Bool {
    guard let version = Self.version(job) else { return false }
    return state.withLock { $0.running.insert(version).inserted }
  }

  /// Takes out the jobs that have waited for long.
  func takeOverdue(now: UInt64) -> [Job] {
    state.withLock { state in
      let overdue = state.waiting.filter { now > $0.queued &+ Self.patience }
      state.waiting.removeAll { now > $0.queued &+ Self.patience }
      return Array(overdue)
    }
  }

  /// Keeps what came of a job that nobody waits for; false when somebody does.
  func keep(_ outcome: FileOutcome, of job: Job) -> Bool {
    guard let version = Self.version(job) else { return false }
    return state.withLock { state in
      guard state.running.remove(version) != nil else { return false }
      if state.over.count >= Self.mostKept { state.over.removeFirst() }
      state.over.append((version, outcome))
      return true
    }
  }

  /// What is known of a file whose ticket was given back, the result once; nil for all others.
  func result(of key: DroppedFile, _ identity: FileIdentity) -> Earlier? {
    let version = Version(key: key, identity: identity)
    return state.withLock { state in
      if state.running.contains(version) { return .running }
      guard let place = state.over.firstIndex(where: { $0.version == version }) else { return nil }
      return .over(state.over.remove(at: place).outcome)
    }
  }

  private static func version(_ job: Job) -> Version? {
    job.outcome.identity.map { Version(key: job.outcome.key, identity: $0) }
  }
}

extension FileOutcome {
  /// As it is when the file's program takes too long to wait for it.
  mutating func putOff() {
    result = .unsettled
    wait = ExtractionQueue.patience
  }

  mutating func take(_ earlier: ExtractionQueue.Earlier) {
    switch earlier {
    case .running: putOff()
    case .over(let outcome):
      result = outcome.result
      skippedDigest = outcome.skippedDigest
    }
  }
}
