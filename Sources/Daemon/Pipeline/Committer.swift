// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Logging
internal import Posix
internal import ServiceLifecycle
internal import StateStore
internal import Systemd

/// Makes decided batches durable: first one state transaction, then the lines of the cluster log.
///
/// The only task that writes state and log. What cannot be written for want of room is tried
/// again; everything behind it waits, and nothing is lost.
struct Committer: ~Copyable {
  /// Some five megabytes.
  private static let keptLines: UInt64 = 10_000
  /// For so many documents of a batch what has expired is deleted once more.
  private static let purgedDocuments = 256

  private let exchange: BatchExchange
  private let load: @Sendable () -> Int
  private let board: StatusBoard
  private let progress: TaskProgress
  private let logger: Logger
  private let syncInterval: UInt64
  private let metrics: DaemonMetrics

  private let store: StateStore
  /// Where recorded files go that leave the drop directory; nil when they stay.
  private let departures: Departures?
  /// Those whose records are not on the disk yet.
  private var leaving: [LeavingFile] = []
  private var log: ClusterLogFile
  /// The last line that was appended and is not known to be on the disk; 0 for none.
  private var unsynced: UInt64 = 0
  /// The last line that is known to be on the disk.
  private var durable: UInt64
  /// The last line that went to a file that was rotated away: it is never written again.
  private var rotated: UInt64
  private var lastSync: UInt64 = 0
  /// Whether something of what was forgotten is still on the disk.
  private var isUnscrubbed = false
  /// Whether it was told that what was forgotten is still there.
  private var toldOfTraces = false

  /// - Parameters:
  ///   - load: how many files wait for their decision.
  ///   - syncInterval: nanoseconds between two syncs of the cluster log; 0 to sync each batch.
  init(
    exchange: BatchExchange, load: @escaping @Sendable () -> Int,
    board: StatusBoard, progress: TaskProgress, logger: Logger, syncInterval: UInt64,
    metrics: DaemonMetrics, store: StateStore, log: consuming ClusterLogFile,
    departures: Departures?
  ) {
    self.exchange = exchange
    self.load = load
    self.board = board
    self.progress = progress
    self.logger = logger
    self.syncInterval = syncInterval
    self.metrics = metrics
    self.store = store
    self.log = log
    self.departures = departures
    durable = store.nextSequence - 1
    rotated = store.durableSequence
  }

  /// Works until there will be no more batches.
  consuming func run() async throws {
    do {
      var work = await exchange.next()
      while true {
        progress.beat(now: Clocks.monotonic())
        switch work {
        case .write(let batch): try await commit(batch)
        case .reopenLog: try await reopenReplacedLog()
        case .attend: try await synchronizeInTime()
        case .lookAtState: try await retrying { try $0.store.checkName() }
        case .finish: return try await finish()
        }
        while store.hasExpiredRows, !exchange.hasWork, purge() {}
        progress.idle()
        work = await exchange.next()
      }
    } catch is Stopped {
      // Asked to stop while nothing could be written: what is not in the state is still in the
      // drop directory, and lines that the log lacks are appended at the next start.
    }
  }

  private mutating func finish() async throws {
    try await synchronize()
    moveRecorded()
    try? store.markDurable(through: forgettable)
    scrub()
    try? store.close()
    progress.idle()
  }

  private mutating func commit(_ batch: DecidedBatch) async throws {
    let started = Clocks.monotonic()
    leaving += batch.leaving
    try await writeState(batch)
    try await appendLines(batch)
    if batch.state.erasure != nil { try await eraseTraces() }
    // A collection was left behind.
    if batch.state.expiry != nil { FreedMemory.giveBack() }
    // More than came in, or a backlog would outrun it.
    for _ in 0...batch.state.documents.count / Self.purgedDocuments where store.hasExpiredRows {
      guard purge() else { break }
    }
    batch.tally.report(to: metrics, started: started)
    if unsynced == 0 { moveRecorded() }
    if isUnscrubbed, batch.state.erasure == nil { scrub() }
    exchange.written(batch.files)
    publish(batch)
  }

  // MARK: Writing

  private mutating func writeState(_ batch: DecidedBatch) async throws {
    if batch.isEmpty { return }
    var state = batch.state
    state.durableSequence = forgettable
    try await retrying(bytesNeeded: batch.byteCount) { try $0.store.commit(state) }
  }

  /// Deletes some of what is beyond the horizon; false when that has to wait, for room above all.
  private func purge() -> Bool {
    progress.beat(now: Clocks.monotonic())
    do throws(StateStoreError) {
      try store.purge()
      return true
    } catch {
      logger.debug(
        "what has expired is deleted later", metadata: ["neardupd.error": "\(error)"])
      return false
    }
  }

  /// The state keeps the last lines though they are on the disk, so that a log that was cut back
  /// or lost is made whole at the next start; those that were rotated away are not its business.
  private var forgettable: UInt64 {
    max(rotated, durable - min(durable, Self.keptLines))
  }

  /// What was forgotten is gone from the rows of the state; takes it out of kept lines, free pages
  /// and the write-ahead log as well.
  private mutating func eraseTraces() async throws {
    try await synchronize()
    try await retrying { try $0.store.markDurable(through: $0.durable) }
    // Copying a large database takes longer than a watchdog waits.
    progress.idle()
    isUnscrubbed = true
    scrub()
  }

  /// Tried again with the next batch where somebody reads an older state, or there is no room.
  private mutating func scrub() {
    guard isUnscrubbed else { return }
    do throws(StateStoreError) {
      isUnscrubbed = try !store.scrub()
      if !isUnscrubbed, toldOfTraces {
        toldOfTraces = false
        logger.notice("what was forgotten is gone from the disk")
      }
    } catch  where !toldOfTraces {
      toldOfTraces = true
      logger.warning(
        "what was forgotten is still on the disk: tried again later",
        metadata: ["neardupd.error": "\(error)"])
    } catch {
      // Told already.
    }
    exchange.noteErasure(isScrubbed: !isUnscrubbed)
  }

  private mutating func appendLines(_ batch: DecidedBatch) async throws {
    guard batch.state.lineCount > 0 else { return }
    try await reopenReplacedLog()
    try await retrying(bytesNeeded: batch.byteCount) { try $0.log.append(batch.state.lines) }
    unsynced = batch.lastSequence
    if Clocks.monotonic() - lastSync >= syncInterval { try await synchronize() }
  }

  private mutating func synchronize() async throws {
    guard unsynced > 0 else { return }
    try await retrying { try $0.log.synchronize() }
    durable = unsynced
    unsynced = 0
    lastSync = Clocks.monotonic()
  }

  private mutating func moveRecorded() {
    departures?.add(leaving)
    leaving.removeAll(keepingCapacity: true)
  }

  private mutating func synchronizeInTime() async throws {
    guard Clocks.monotonic() - lastSync >= syncInterval else { return }
    try await synchronize()
    moveRecorded()
  }

  /// Goes on in another file once the log was rotated away; a reload asks whether it was.
  private mutating func reopenReplacedLog() async throws {
    guard log.wasReplaced() else { return }
    // What is in the old file must be on the disk and known to be, before lines go to another.
    try await synchronize()
    rotated = durable
    try? store.markDurable(through: forgettable)
    // A full disk has no room for a new file either: that is no reason to end.
    try await retrying { try $0.log.reopen() }
    logger.info(
      "the cluster log was reopened",
      metadata: MessageIdentifier.logReopened.with([
        "neardupd.path": .bytes(log.path)
      ]))
  }

  private func publish(_ batch: DecidedBatch) {
    let inFlight = load() + exchange.undurable
    board.update { status in
      status.totals.take(batch.totals)
      status.indexBytes = batch.indexBytes
      status.inFlight = inFlight
    }
  }

  // MARK: Trouble

  /// The daemon is to stop, and what is being tried cannot be done now.
  private struct Stopped: Error {}

  /// Does something again and again until it can be done; other failures end the daemon.
  private mutating func retrying(
    bytesNeeded: Int = 0, _ body: (inout Committer) throws -> Void
  ) async throws {
    var pause = Duration.milliseconds(100)
    var isTold = false
    while true {
      do {
        try body(&self)
        if isTold { recovered() }
        return
      } catch {
        guard let trouble = WriteTrouble(error) else { throw WriteTrouble.fatal(error) }
        if !isTold { tell(trouble, bytesNeeded) }
        isTold = true
      }
      if Task.isShuttingDownGracefully || Task.isCancelled { throw Stopped() }
      // Waiting for room is not hanging: the watchdog is to know.
      progress.beat(now: Clocks.monotonic())
      try? await Pause.wait(for: pause)
      pause = min(pause * 2, .seconds(2))
    }
  }

  private func tell(_ trouble: WriteTrouble, _ bytesNeeded: Int) {
    let needed = trouble.isFull ? bytesNeeded : 0
    board.update { $0.trouble = trouble.status(bytesNeeded: needed) }
    var metadata: Logger.Metadata = MessageIdentifier.diskFull.with([
      "neardupd.path": .string(trouble.path), "neardupd.error": .string(trouble.reason),
      "neardupd.remedy": .string(trouble.remedy),
    ])
    if needed > 0 { metadata["neardupd.bytes-needed"] = "\(needed)" }
    logger.warning("cannot write: intake pauses until it can", metadata: metadata)
  }

  private func recovered() {
    board.update { $0.trouble = nil }
    logger.notice(
      "writing goes on",
      metadata: MessageIdentifier.diskFullOver.metadata)
  }
}
