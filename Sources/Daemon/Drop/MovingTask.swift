// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Logging
internal import Posix
internal import Systemd

/// Moves recorded files out of the drop directories, and looks after those that may be written on.
///
/// A file is moved when nobody has it open. Where no lease tells that, it must have been closed
/// before the daemon's eyes or have been the same for a time; and after the move it is looked at
/// for a minute: one that grows is put back and read again.
struct MovingTask: Sendable {
  /// How long a file must have been the same of which nothing tells whether it is open, in
  /// nanoseconds: ten seconds after it was recorded.
  static let quiet: UInt64 = 10_000_000_000
  /// How long a moved file is looked after, in nanoseconds.
  static let aftercare: UInt64 = 60_000_000_000
  /// The most that are looked after at a time, some four megabytes.
  private static let careLimit = 16_384
  /// Between two looks, in nanoseconds.
  private static let interval: UInt64 = 1_000_000_000
  /// The longest wait for a file that is kept open, in nanoseconds.
  private static let longestWait: UInt64 = 30_000_000_000

  let departures: Departures
  let mover: FileMover
  let places: DropPlaces
  /// Whether it ends with what there is (`--once`): nobody comes back then.
  let isOnce: Bool
  let logger: Logger
  /// Called when files had to be left behind, which only a scan finds again.
  let whenFull: @Sendable () -> Void

  /// Of its own: a target that hangs must not pass for a drop directory that does.
  private let calls = PatientCalls()
  /// How often a target that hangs is asked again, in nanoseconds.
  private static let probeInterval: UInt64 = 15_000_000_000

  private struct State {
    /// Since it was told that nothing can be moved, when it is tried again.
    var nextProbe: UInt64?
    var waiting: [LeavingFile] = []
    var cared: [(moved: FileMover.MovedFile, until: UInt64)] = []
    /// Files that could not be moved.
    var refused: Set<DroppedFile> = []
    /// That there are such: over when the last of them is moved, or when none is refused any more,
    /// three times as long as scans bring them back by default.
    var refusals = RecurringTrouble(quiet: 900_000_000_000)
  }

  /// Runs until there is no more to move. Call it on a thread that may block.
  func run() {
    var state = State()
    while true {
      let isIdle = state.waiting.isEmpty && state.cared.isEmpty && state.nextProbe == nil
      let (news, isLast, wasFull) = departures.take(timeout: isIdle ? nil : Self.interval)
      if wasFull { whenFull() }
      let now = Clocks.monotonic()
      followHang(now: now, &state)
      var due = state.waiting.filter { $0.notBefore <= now }
      state.waiting.removeAll { $0.notBefore <= now }
      due += news
      for file in due { move(file, now: now, isLast: isLast, &state) }
      care(now: now, &state)
      if isLast { return }
    }
  }

  private func move(_ file: LeavingFile, now: UInt64, isLast: Bool, _ state: inout State) {
    var file = file
    switch judge(file) {
    case .movable: break
    case .notNow: return
    case .later:
      file.notBefore = now + Self.quiet
      if !isLast { wait(file, &state) }
      return
    }
    let (mover, leaving) = (mover, file)
    let answer = whileAnswering(file.key.drop) { () -> Result<FileMover.Outcome, Errno> in
      do throws(Errno) {
        return .success(
          try mover.move(leaving.key, recordedAs: leaving.identity, signs: leaving.signs))
      } catch {
        return .failure(error)
      }
    }
    switch answer {
    case .success(.moved(let moved, let isClosed)):
      settle(file, &state)
      if !isClosed, state.cared.count < Self.careLimit {
        state.cared.append((moved, now + Self.aftercare))
      }
    case .success(.changed): settle(file, &state)
    case .success(.open), nil:
      file.attempts += 1
      file.notBefore = now + min(Self.interval << UInt64(min(file.attempts, 5)), Self.longestWait)
      if !isLast { wait(file, &state) }
    case .success(.intoItself):
      tell(file, "drop.move-to leads into a drop directory: name one outside", &state)
    case .failure(let error): tell(file, error.text, &state)
    }
  }

  /// What a call answers that needs a drop directory and the target; nil when one of them hangs.
  private func whileAnswering<Value: Sendable>(
    _ drop: Int, _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    if places.calls.hangingSince(drop) != nil { return nil }
    return calls.call(0) { _ in body() }
  }

  /// Says once that the target does not answer, and that it does again.
  private func followHang(now: UInt64, _ state: inout State) {
    guard calls.hangingSince(0) != nil else {
      if state.nextProbe == nil { return }
      state.nextProbe = nil
      logger.notice("recorded files can be moved again", metadata: targetMetadata)
      return
    }
    if let next = state.nextProbe, now < next { return }
    if state.nextProbe == nil {
      logger.error(
        "drop.move-to does not answer: recorded files stay where they are until it does",
        metadata: targetMetadata)
    }
    state.nextProbe = now + Self.probeInterval
    // Who waits in a mount that was taken away never comes back; its name may answer by now.
    let mover = mover
    calls.probe(0) { _ = mover.targetIsThere() }
  }

  private var targetMetadata: Logger.Metadata {
    ["neardupd.path": .bytes(mover.target)]
  }

  private func wait(_ file: LeavingFile, _ state: inout State) {
    guard state.waiting.count < Departures.limit else { return whenFull() }
    state.waiting.append(file)
  }

  private enum Judgement {
    case movable
    /// When it has been the same for a time.
    case later
    /// The event that says that it was closed, or a later scan, brings it here again.
    case notNow
  }

  private func judge(_ file: LeavingFile) -> Judgement {
    guard file.signs.mayBeOpen, file.notBefore == 0 else { return .movable }
    let places = places
    let look = places.calls.call(file.key.drop) { _ in WritersLook(file, places) }
    // Where it does not answer, the move will not either, and is put off.
    guard let look, !look.isTold else { return .movable }
    if file.signs.awaitsClose, look.links < 2 { return .notNow }
    if isOnce { return look.isOld ? .movable : .notNow }
    return .later
  }

  // MARK: Aftercare

  private func care(now: UInt64, _ state: inout State) {
    let mover = mover
    state.cared.removeAll { moved, until in
      let result = whileAnswering(moved.file.drop) { () -> Result<Bool, Errno> in
        do throws(Errno) {
          if try mover.isUnchanged(moved) { return .success(true) }
          try mover.takeBack(moved)
          return .success(false)
        } catch {
          return .failure(error)
        }
      }
      switch result {
      case .success(true): return now >= until
      case .success(false):
        logger.notice(
          "a file was written to after it had been moved: it is back, to be read again",
          metadata: ["neardupd.path": .bytes(moved.file.path)])
        return true
      case .failure, nil: return now >= until
      }
    }
  }

  /// Files that are remembered as refused; of more nothing is told.
  private static let refusedLimit = 1_024

  /// A file is not in the way any more; the last one says so.
  private func settle(_ file: LeavingFile, _ state: inout State) {
    let wasLast = state.refused.remove(file.key) != nil && state.refused.isEmpty
    guard wasLast || state.refusals.whenOver(now: Clocks.monotonic()) != nil else { return }
    state.refused = []
    state.refusals = State().refusals
    logger.notice("recorded files can be moved again", metadata: targetMetadata)
  }

  /// Once per trouble: each file of a backlog would say the same, with each scan.
  private func tell(_ file: LeavingFile, _ reason: String, _ state: inout State) {
    let isFirst = state.refusals.happened(now: Clocks.monotonic())
    if state.refused.count < Self.refusedLimit { state.refused.insert(file.key) }
    guard isFirst else { return }
    logger.warning(
      "a recorded file cannot be moved: it stays in the drop directory",
      metadata: ["neardupd.path": .bytes(file.key.path), "neardupd.error": .string(reason)])
  }
}

/// What can be told of the writers of a file without an event.
private struct WritersLook: Sendable {
  /// A minute, in nanoseconds.
  private static let age: Int64 = 60_000_000_000

  /// Whether a lease tells: it does of the daemon's own files, for root of all, on a local disk.
  var isTold = true
  var links: UInt64 = 1
  /// Whether its stamps are older than a minute.
  var isOld = true

  init(_ file: LeavingFile, _ places: DropPlaces) {
    guard let folder = try? places.open(RelativePath.parent(file.key.path), in: file.key.drop),
      let name = RelativePath.components(file.key.path).last,
      let status = try? FileSystemCalls.status(name, in: folder)
    else { return }
    isTold = !file.signs.changesUnseen && FileLease(Array(name), in: folder).answer != .unknown
    links = UInt64(status.st_nlink)
    let identity = FileIdentity(status)
    let (age, isFar) = Clocks.wall().subtractingReportingOverflow(
      max(identity.modified, identity.changed))
    isOld = isFar || age > Self.age
  }
}
