// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Logging
internal import Posix
internal import StateStore
internal import Systemd

/// Takes what the workers found in order of arrival and decides; the `Committer` makes it durable.
///
/// The only task that changes index and clusters. While one batch is being written the next one is
/// decided: one document when idle, many under load.
struct Decider: ~Copyable {
  /// So many outcomes are decided before it looks again whether the disk is free.
  private static let stride = 32
  /// Fewer files than this wait for more of those that are ready: a transaction costs as much as
  /// some of them, and on a busy machine it takes that from everybody.
  private static let worthwhile = 256
  /// A batch that takes more memory than this waits for the disk however few files it has.
  private static let batchBytes = 32 << 20
  /// Looks at a file that somebody has a lease on before it is told of: twenty seconds.
  private static let leaseAttempts = 7

  /// So many times as long as an erasure took the next one waits.
  static let erasurePause: UInt64 = 20

  private let pipeline: Pipeline
  let exchange: BatchExchange
  private let checks: CheckRequests
  let erasures: ErasureRequests
  let loader: CollectionLoader
  private let control: IntakeControl
  let progress: TaskProgress
  private let logger: Logger
  /// The most files in one transaction.
  private let limit: Int
  /// Whether files leave the drop directory once they are recorded.
  private let movesFiles: Bool

  var register: DocumentRegister
  private var tally = DecisionTally()
  private var leaving: [LeavingFile] = []
  /// Files decided since the last batch was handed over.
  private var files = 0
  /// Files that could not be opened.
  private var unopened = RecurringTrouble()
  /// Not before this are the documents of deleted files erased, on the monotonic clock.
  var eraseAgain: UInt64 = 0
  /// Files that a scan had listed and nobody found.
  private var vanished = RecurringTrouble()
  /// Whether it was told that memory and not age ends documents, and has been so since.
  private var isShortOfMemory = false

  init(
    pipeline: Pipeline, exchange: BatchExchange, checks: CheckRequests,
    erasures: ErasureRequests, loader: CollectionLoader, control: IntakeControl,
    progress: TaskProgress, logger: Logger, limit: Int, movesFiles: Bool,
    register: consuming DocumentRegister
  ) {
    self.pipeline = pipeline
    self.exchange = exchange
    self.checks = checks
    self.erasures = erasures
    self.loader = loader
    self.control = control
    self.progress = progress
    self.logger = logger
    self.limit = limit
    self.movesFiles = movesFiles
    self.register = register
  }

  /// Works until the pipeline is drained, or nothing can be committed any more.
  consuming func run() async throws {
    while let outcomes = await pipeline.takeOutcomes(upTo: min(Self.stride, limit - files)) {
      if let request = checks.take() {
        request.answer(register.answer(request.check, time: Clocks.wall() / 1_000))
      }
      try decide(outcomes)
      progress.idle()
      while let request = erasures.take() {
        guard try await erase(request) else { return }
      }
      if !pipeline.hasOutcome, !(try await eraseDeleted()) { return }
      if isFull, await !exchange.whenFree() { return }
      if exchange.isFree, isFull || files >= Self.worthwhile || !pipeline.hasOutcome { handOver() }
    }
    while files > 0 {
      guard await exchange.whenFree() else { return }
      handOver()
    }
    register.close()
    exchange.finish()
  }

  private var isFull: Bool { files >= limit || register.batch.byteCount >= Self.batchBytes }

  /// The batch before is in the state; what was decided since goes there now.
  mutating func handOver() {
    if files > 0 { return offer() }
    // Nor is anything being written: what was kept for look-ups can go.
    _ = register.turn()
    _ = register.turn()
  }

  mutating func offer() {
    let state = register.turn()
    exchange.offer(
      DecidedBatch(
        state: state, lastSequence: register.lastSequence, files: files, tally: tally,
        leaving: leaving, totals: register.counts, indexBytes: register.indexByteCount))
    tally = DecisionTally()
    leaving = []
    files = 0
  }

  private mutating func decide(_ outcomes: [FileOutcome]) throws {
    // One time for all: reading the clock per record would say no more about their order.
    let time = Clocks.wall() / 1_000
    exchange.didDecide(outcomes.count)
    tellOfEnds(now: Clocks.monotonic())
    for outcome in outcomes {
      // Large documents take longer than a watchdog waits for all of them.
      progress.beat(now: Clocks.monotonic())
      tell(outcome)
      let before = register.counts
      try register.register(outcome, time: time)
      if let expired = register.expired.take() { tell(expired) }
      // The sweep behind a scan forgets its members, however many they are.
      if let drop = register.lostContainer.take() { control.ask { $0.rescans.insert(drop) } }
      tally.take(outcome, register.counts, before, latest: register.batch.documents.last)
      if movesFiles, outcome.isRecorded, let identity = outcome.identity {
        leaving.append(LeavingFile(outcome.key, identity, outcome.signs))
      }
    }
    files += outcomes.count
  }

  private mutating func tell(_ outcome: FileOutcome) {
    switch outcome.result {
    case .unsettled: putOff(outcome)
    case .interrupted:
      control.ask {
        $0.putOff.append(.init(key: outcome.key, attempts: outcome.attempts, seen: nil, wait: 0))
      }
    case .failed(let errno): retryLater(outcome, Errno(number: errno))
    case .skipped(.vanished, _) where outcome.mayBeRecorded: noteVanished(outcome)
    case .skipped(let reason, let detail):
      let (file, member) = MemberPath.split(outcome.key.path)
      var metadata = MessageIdentifier.documentSkipped.with([
        "neardupd.path": .bytes(Array(file)),
        "neardupd.reason": .string(reason.rawValue), "neardupd.detail": .string(detail),
      ])
      if let member { metadata["neardupd.member"] = .bytes(member) }
      logger.debug("skipped", metadata: metadata)
    case .document, .container, .unchanged, .gone: break
    }
  }

  /// The journal has what was let go; that memory and not age was the reason is for somebody to
  /// look at.
  private mutating func tell(_ expired: Expired) {
    let metadata: Logger.Metadata = [
      "neardupd.through": "\(expired.through)", "neardupd.documents": "\(expired.documents)",
      "neardupd.clusters": "\(expired.clusters)",
      "neardupd.because": .string(expired.because.rawValue),
    ]
    let isMemory = expired.because == .memory
    defer { isShortOfMemory = isMemory }
    if isMemory, !isShortOfMemory {
      logger.warning(
        "memory ends documents before their time: grant more, or set a shorter retention.window",
        metadata: metadata)
    } else if isShortOfMemory, !isMemory {
      logger.notice(
        "documents have their time again: it is not memory that ends them", metadata: metadata)
    } else {
      logger.info("documents expired", metadata: metadata)
    }
  }

  private func putOff(_ outcome: FileOutcome) {
    control.ask {
      $0.putOff.append(
        .init(
          key: outcome.key, attempts: outcome.attempts + 1, seen: outcome.seen,
          wait: outcome.wait))
    }
  }

  /// A directory that is renamed while it is scanned makes thousands of these: one message tells.
  private mutating func noteVanished(_ outcome: FileOutcome) {
    guard vanished.happened(now: Clocks.monotonic()) else { return }
    logger.info(
      "files that a scan had listed were gone when they were to be read",
      metadata: ["neardupd.path": .bytes(outcome.key.path)])
  }

  /// With the first outcome after a minute without: who decides nothing sleeps.
  private mutating func tellOfEnds(now: UInt64) {
    if let count = vanished.whenOver(now: now) {
      logger.info(
        "files that a scan has listed are there again", metadata: ["neardupd.files": "\(count)"])
    }
    if let count = unopened.whenOver(now: now) {
      logger.notice("files can be opened again", metadata: ["neardupd.attempts": "\(count)"])
    }
  }

  private mutating func retryLater(_ outcome: FileOutcome, _ error: Errno) {
    guard error.isPassing else {
      // The drop directory went away. The intake takes it up again when it is back, with all that
      // is in it.
      return control.ask { $0.rescans.insert(outcome.key.drop) }
    }
    putOff(outcome)
    // Somebody's lease is given back within a second or so: nothing to tell of.
    if error.isLeased, outcome.attempts < Self.leaseAttempts { return }
    guard unopened.happened(now: Clocks.monotonic()) else { return }
    logger.warning(
      "files could not be opened: they are tried again",
      metadata: [
        "neardupd.path": .bytes(outcome.key.path),
        "neardupd.error": .string(error.text),
      ])
  }
}
