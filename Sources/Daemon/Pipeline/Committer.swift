// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import StateStore
internal import Systemd

/// Commits what was decided: first one state transaction, then the lines to the cluster log.
///
/// The only task that changes index, clusters, state and log. Batches form while the previous one
/// is being synced: one document when idle, many under load. What cannot be written for want of
/// room is tried again; everything before it waits, and nothing is lost.
struct Committer: ~Copyable {
  /// Some five megabytes.
  private static let keptLines: UInt64 = 10_000
  /// One warning a minute speaks for all files that could not be opened, in nanoseconds.
  private static let warningInterval: UInt64 = 60_000_000_000

  private let pipeline: Pipeline
  private let control: IntakeControl
  private let requests: CommitRequests
  private let board: StatusBoard
  private let progress: CommitProgress
  private let logger: Logger
  private let settings: CommitSettings
  private let metrics: DaemonMetrics

  private var register: DocumentRegister
  private let store: StateStore
  private let mover: FileMover?
  /// Recorded files that leave the drop directory once their records are on the disk.
  private var leaving: [(DroppedFile, FileIdentity)] = []
  private var toldOfMoving = false
  private var log: ClusterLogFile
  /// The last line that was appended and is not known to be on the disk; 0 for none.
  private var unsynced: UInt64 = 0
  /// The last line that is known to be on the disk.
  private var durable: UInt64
  /// The last line that went to a file that was rotated away: it is never written again.
  private var rotated: UInt64
  private var lastSync: UInt64 = 0
  /// Until then nothing more is said about files that could not be opened.
  private var quietUntil: UInt64 = 0

  init(
    pipeline: Pipeline, control: IntakeControl, requests: CommitRequests, board: StatusBoard,
    progress: CommitProgress, logger: Logger, settings: CommitSettings,
    metrics: DaemonMetrics, register: consuming DocumentRegister, store: StateStore,
    log: consuming ClusterLogFile, mover: FileMover?
  ) {
    self.pipeline = pipeline
    self.control = control
    self.requests = requests
    self.board = board
    self.progress = progress
    self.logger = logger
    self.settings = settings
    self.metrics = metrics
    self.register = register
    self.store = store
    self.log = log
    self.mover = mover
    durable = store.nextSequence - 1
    rotated = store.durableSequence
  }

  /// Works until the pipeline is drained.
  consuming func run() async throws {
    do {
      while let outcomes = await pipeline.takeOutcomes(upTo: settings.batch) {
        progress.beat(now: Clocks.monotonic())
        try await serveRequests()
        if !outcomes.isEmpty { try await commit(outcomes) }
        progress.idle()
      }
      try await synchronize()
      moveRecorded()
      try? store.markDurable(through: forgettable)
      try? store.close()
    } catch is Stopped {
      // Asked to stop while nothing could be written: what is not in the state is still in the
      // drop directory, and lines that the log lacks are appended at the next start.
    }
  }

  private mutating func commit(_ outcomes: [FileOutcome]) async throws {
    // One time per batch: reading the clock per record would say no more about their order.
    let time = Clocks.wall() / 1_000
    var tally = DecisionTally()
    for outcome in outcomes {
      // A batch of large documents takes longer than a watchdog waits.
      progress.beat(now: Clocks.monotonic())
      tell(outcome)
      let before = register.counts
      try register.register(outcome, time: time)
      tally.take(outcome, register.counts, before, latest: register.batch.documents.last)
      if mover != nil, case .document = outcome.result, let identity = outcome.identity {
        leaving.append((outcome.key, identity))
      }
    }
    let started = Clocks.monotonic()
    try await writeState()
    try await appendLines()
    tally.report(to: metrics, started: started)
    register.clear()
    if unsynced == 0 { moveRecorded() }
    publish()
  }

  private mutating func tell(_ outcome: FileOutcome) {
    switch outcome.result {
    case .unsettled: control.ask { $0.putOff.append((outcome.key, outcome.attempts + 1)) }
    case .failed(let errno): retryLater(outcome, Errno(number: errno))
    case .skipped(let reason, let detail):
      logger.debug(
        "skipped",
        metadata: [
          "message-id": .string(MessageIdentifier.documentSkipped.rawValue),
          "neardupd.path": .string(RelativePath.forDisplay(outcome.key.path)),
          "neardupd.reason": .string(reason.rawValue), "neardupd.detail": .string(detail),
        ])
    case .document, .unchanged, .gone: break
    }
  }

  private mutating func retryLater(_ outcome: FileOutcome, _ error: Errno) {
    guard error.isScarcity || error.number == EIO else {
      // The drop directory went away. The intake takes it up again when it is back, with all that
      // is in it.
      return control.ask { $0.rescan = true }
    }
    control.ask { $0.putOff.append((outcome.key, outcome.attempts + 1)) }
    let now = Clocks.monotonic()
    guard now >= quietUntil else { return }
    quietUntil = now + Self.warningInterval
    logger.warning(
      "files could not be opened: they are tried again",
      metadata: [
        "neardupd.path": .string(RelativePath.forDisplay(outcome.key.path)),
        "neardupd.error": .string(error.text),
      ])
  }

  // MARK: Writing

  private mutating func writeState() async throws {
    if register.isBatchEmpty { return }
    register.setDurable(forgettable)
    try await retrying { committer in
      try committer.store.commit(committer.register.batch)
    }
  }

  /// The state keeps the last lines though they are on the disk, so that a log that was cut back
  /// or lost is made whole at the next start; those that were rotated away are not its business.
  private var forgettable: UInt64 {
    max(rotated, durable - min(durable, Self.keptLines))
  }

  private mutating func appendLines() async throws {
    guard register.batch.lineCount > 0 else { return }
    if log.wasReplaced() { try await reopenLog() }
    try await retrying { committer in try committer.log.append(committer.register.batch.lines) }
    unsynced = register.lastSequence
    if settings.syncInterval == 0 || Clocks.monotonic() - lastSync >= settings.syncInterval {
      try await synchronize()
    }
  }

  private mutating func synchronize() async throws {
    guard unsynced > 0 else { return }
    try await retrying { try $0.log.synchronize() }
    durable = unsynced
    unsynced = 0
    lastSync = Clocks.monotonic()
  }

  private mutating func moveRecorded() {
    guard let mover else { return }
    for (file, identity) in leaving {
      do throws(Errno) {
        if try mover.move(file, recordedAs: identity) == .moved { toldOfMoving = false }
      } catch {
        // Once per trouble: each file of a backlog would say the same.
        if !toldOfMoving {
          logger.warning(
            "a recorded file cannot be moved: it stays in the drop directory",
            metadata: [
              "neardupd.path": .string(RelativePath.forDisplay(file.path)),
              "neardupd.error": .string(error.text),
            ])
        }
        toldOfMoving = true
      }
    }
    leaving.removeAll(keepingCapacity: true)
  }

  private mutating func serveRequests() async throws {
    let asked = requests.take()
    if asked.reopenLog { try await reopenLog() }
    if settings.syncInterval > 0, Clocks.monotonic() - lastSync >= settings.syncInterval {
      try await synchronize()
      moveRecorded()
    }
  }

  private mutating func reopenLog() async throws {
    // What is in the old file must be on the disk and known to be, before lines go to another.
    try await synchronize()
    rotated = durable
    try? store.markDurable(through: forgettable)
    // A full disk has no room for a new file either: that is no reason to end.
    try await retrying { try $0.log.reopen() }
    logger.info(
      "the cluster log was reopened",
      metadata: [
        "message-id": .string(MessageIdentifier.logReopened.rawValue),
        "neardupd.path": .string(RelativePath.forDisplay(log.path)),
      ])
  }

  private func publish() {
    let counts = register.counts
    let indexBytes = register.indexByteCount
    let load = pipeline.load
    board.update { status in
      status.totals.take(counts)
      status.indexBytes = indexBytes
      status.inFlight = load.documents
    }
  }

  // MARK: Trouble

  /// The daemon is to stop, and what is being tried cannot be done now.
  private struct Stopped: Error {}

  /// Does something again and again until it can be done; other failures end the daemon.
  private mutating func retrying(_ body: (inout Committer) throws -> Void) async throws {
    var pause = Duration.milliseconds(100)
    var isTold = false
    while true {
      do {
        try body(&self)
        if isTold { recovered() }
        return
      } catch {
        guard let trouble = WriteTrouble(error) else { throw WriteTrouble.fatal(error) }
        if !isTold { tell(trouble) }
        isTold = true
      }
      if Task.isShuttingDownGracefully || Task.isCancelled { throw Stopped() }
      // Waiting for room is not hanging: the watchdog is to know.
      progress.beat(now: Clocks.monotonic())
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(2))
    }
  }

  private func tell(_ trouble: WriteTrouble) {
    let needed = trouble.isFull ? register.batchByteCount : 0
    board.update { $0.trouble = trouble.status(bytesNeeded: needed) }
    var metadata: Logger.Metadata = [
      "message-id": .string(MessageIdentifier.diskFull.rawValue),
      "neardupd.path": .string(trouble.path), "neardupd.error": .string(trouble.reason),
      "neardupd.remedy": .string(trouble.remedy),
    ]
    if needed > 0 { metadata["neardupd.bytes-needed"] = "\(needed)" }
    logger.warning("cannot write: intake pauses until it can", metadata: metadata)
  }

  private func recovered() {
    board.update { $0.trouble = nil }
    logger.notice(
      "writing goes on",
      metadata: ["message-id": .string(MessageIdentifier.diskFullOver.rawValue)])
  }
}
