// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Posix

/// Reads containers: files whose members are documents of their own.
///
/// The members of a container are results of its job, in their order, and as many at a time as are
/// worth handing over; the container itself is the last of them. So what is recorded of one that
/// was left in the middle is known by name and digest when it is read again.
///
/// Decisions are made in order, so that a large container would keep all that comes behind it
/// waiting: now and then it stops, and goes on behind what has come meanwhile. With `--once` it is
/// read in one go, since there the order of the names is that of the records.
struct MemberWorker: ~Copyable {
  /// So many members, a third of a second, before others that wait have their turn.
  private static let turn = 2_048

  /// What a document takes from reading to deciding, in bytes for each of its file: its text, and
  /// tokens, runs of words and their places made ready for the comparison.
  static let memoryPerByte = 10

  let pipeline: Pipeline
  let places: DropPlaces
  private let known: any KnownFiles
  var content: ContentReader

  init(
    pipeline: Pipeline, places: DropPlaces, known: any KnownFiles, content: consuming ContentReader
  ) {
    self.pipeline = pipeline
    self.places = places
    self.known = known
    self.content = content
  }

  /// What has been made of a container so far.
  struct Progress {
    var slice = MemberSlice()
    /// Bytes of memory that were granted.
    var granted = 0
    /// Outcomes of members, in the slice or before it.
    private(set) var members = 0
    var handedOver = 0
    /// Bytes that those containers take which this one is in.
    var held = 0
    /// How many archives the members are in, beside the file.
    var depth = 0

    init(_ pending: MemberSlice) { slice = pending }

    mutating func append(_ outcome: FileOutcome, _ bytes: Int) {
      slice.append(outcome, bytes)
      members += 1
    }
  }

  /// How reading one container ended.
  enum Ended {
    case over, interrupted, notWanted
    case result(FileOutcome.Result)
  }

  /// Hands the members of a container over, one slice after the other.
  ///
  /// - Parameter pending: What had been read of it and could not be handed over then.
  mutating func readMembers(
    _ source: inout ContainerSource, _ beginning: MemberReader, _ task: MemberTask,
    pending: MemberSlice = MemberSlice()
  ) async -> FileOutcome.Result {
    var members = beginning
    var progress = Progress(pending)
    let isBegun = source.position > 0 || !pending.outcomes.isEmpty
    let ended = await read(&source, &members, task, &progress, within: nil)
    switch ended {
    case .interrupted: return .interrupted
    case .notWanted: return .unsettled
    case .over where !isBegun && progress.members == 0:
      return .skipped(.empty, detail: "it holds no documents")
    case .over: return await finish(&source, members, task, &progress) ?? .container
    case .result(let result):
      // What was read of one that changed meanwhile, or cannot be read now, is read again.
      guard case .skipped = result else { return result }
      return await finish(&source, members, task, &progress) ?? result
    }
  }

  /// Hands over what is left; answers what is to be said where that cannot be.
  private func finish(
    _ source: inout ContainerSource, _ members: MemberReader, _ task: MemberTask,
    _ progress: inout Progress
  ) async -> FileOutcome.Result? {
    if task.hasLetOthersPass {
      // It is handed over when somebody comes back for it.
      return interrupt(members, &source, task, progress.slice) ? .interrupted : .unsettled
    }
    return await pipeline.add(progress.slice.take(), of: task.ticket) ? nil : .unsettled
  }

  /// - Parameter within: The name of the member that the container is; nil for a file.
  mutating func read(
    _ source: inout ContainerSource, _ members: inout MemberReader, _ task: MemberTask,
    _ progress: inout Progress, within: [UInt8]?
  ) async -> Ended {
    var passed = PassedBytes()
    while true {
      switch members.next(in: source.bytes, isLast: source.isLast) {
      case .passed(let count, let isOfMember):
        if isOfMember { passed.take(source.bytes.prefix(count)) }
        source.drop(count)
      case .member(let member):
        let own = member.content?.count ?? member.bytes.count
        guard await admit(source.capacity, own, source.identity, task, &progress) else {
          return .notWanted
        }
        if let trouble = await take(member, source, &passed, task, &progress, within) {
          return trouble
        }
        source.drop(member.length)
        if let ended = await handOver(&source, members, task, &progress, isNested: within != nil) {
          return ended
        }
      case .more:
        let content = source.fill()
        guard case .bytes = content else { return .result(Worker.result(content)) }
      case .end:
        return .over
      }
    }
  }

  /// Asks for the memory of what waits to be taken, what is gathered, and this member.
  private func admit(
    _ capacity: Int, _ own: Int, _ identity: FileIdentity, _ task: MemberTask,
    _ progress: inout Progress
  ) async -> Bool {
    if task.hasLetOthersPass { return true }
    let others = min(2 * MemberSlice.bytes, max(own, Int(identity.size)))
    let needed = progress.held + capacity + Self.memoryPerByte * (others + own)
    guard needed > progress.granted else { return true }
    guard await pipeline.admit(task.ticket, bytes: needed) else { return false }
    progress.granted = needed
    return true
  }

  /// Hands over what is worth it; answers how reading ends when others are to have their turn.
  private func handOver(
    _ source: inout ContainerSource, _ members: MemberReader, _ task: MemberTask,
    _ progress: inout Progress, isNested: Bool
  ) async -> Ended? {
    if task.hasLetOthersPass {
      // What is within another one is read to its end: it could not be gone on with.
      if isNested { return nil }
      return interrupt(members, &source, task, progress.slice) ? .interrupted : .notWanted
    }
    let isLate = task.allowance != nil && task.pause > ExtractionQueue.patience
    guard progress.slice.isFull || isLate else { return nil }
    progress.handedOver += progress.slice.outcomes.count
    guard await pipeline.add(progress.slice.take(), of: task.ticket) else { return .notWanted }
    task.noteHandover()
    let isDue = isLate || progress.handedOver >= Self.turn
    guard isDue, !isNested, places.limits.waitsForWriters, pipeline.hasOthers,
      interrupt(members, &source, task, MemberSlice())
    else { return nil }
    return .interrupted
  }

  /// Gives others their turn, if somebody comes back to this one.
  private func interrupt(
    _ members: MemberReader, _ source: inout ContainerSource, _ task: MemberTask,
    _ pending: MemberSlice
  ) -> Bool {
    guard places.limits.waitsForWriters else { return false }
    let place = InterruptedContainers.Place(
      members: members, offset: source.position, identity: source.identity,
      supply: source.suspend(), pending: pending)
    return places.interrupted.keep(place, of: task.base.key)
  }

  // MARK: Members

  /// Takes a member into the slice; answers how reading ends when it cannot go on.
  private mutating func take(
    _ member: ContainerMember, _ source: borrowing ContainerSource, _ passed: inout PassedBytes,
    _ task: MemberTask, _ progress: inout Progress, _ within: [UInt8]?
  ) async -> Ended? {
    let name = within.map { $0 + Self.separator + member.name } ?? member.name
    if let content = member.content {
      let seen = content.withUnsafeBytes { passed.finish(with: $0) }
      let found = content.withUnsafeBytes { outcome(of: member, name, $0, seen, task) }
      progress.append(found, content.count)
      return nil
    }
    let bytes = UnsafeRawBufferPointer(rebasing: source.bytes[member.bytes])
    let seen = passed.finish(with: bytes)
    if case .file(let fileName) = member.layout {
      if let trouble = task.allowance?.takeFile() {
        return .result(.skipped(.unreadable, detail: trouble))
      }
      if let packing = packing(of: bytes, fileName) {
        let held = progress.held
        progress.held += source.capacity
        defer { progress.held = held }
        return await read(
          packing, bytes, Enclosed(name: name, fileName: fileName, seen: seen), task, &progress)
      }
    }
    progress.append(outcome(of: member, name, bytes, seen, task), bytes.count)
    return nil
  }

  /// What stands between the names of a container within another one and of its member.
  static let separator = Array(" » ".utf8)

  private mutating func outcome(
    of member: ContainerMember, _ name: [UInt8], _ bytes: UnsafeRawBufferPointer,
    _ seen: PassedBytes.Sum, _ task: MemberTask
  ) -> FileOutcome {
    var outcome = self.outcome(named: name, seen, task)
    if !known.isRecorded(outcome.key, digest: seen.digest) {
      outcome.result = content.read(bytes, as: member.layout, digest: seen.digest)
    }
    return outcome
  }

  /// That of a member of which nothing is found out yet.
  func outcome(
    named name: [UInt8], _ seen: PassedBytes.Sum, _ task: MemberTask
  ) -> FileOutcome {
    var outcome = task.base
    outcome.key.path = MemberPath.join(task.base.key.path, name)
    outcome.identity?.size = Int64(seen.count)
    outcome.memberDigest = seen.digest
    outcome.result = .unchanged
    return outcome
  }

  /// Whether a member that has this outcome is recorded as it is.
  func isRecorded(_ outcome: FileOutcome) -> Bool {
    outcome.memberDigest.map { known.isRecorded(outcome.key, digest: $0) } ?? false
  }
}

extension MemberWorker {
  /// Reads a file that is too large for a document: it may be a container.
  mutating func readLarge(
    _ file: Handover<FileDescriptor>, _ identity: inout FileIdentity,
    _ ticketed: Pipeline.Window.Ticketed
  ) async -> Large {
    let job = ticketed.job
    guard let descriptor = file.take() else { return .result(.unsettled) }
    let open = ContainerFile(
      descriptor, patience: job.changesUnseen ? (places.calls, job.key.drop) : nil)
    let place = places.interrupted.take(job.key, identity, fromProgram: false)
    var source = ContainerSource(open, identity, from: place?.offset ?? 0)
    guard await pipeline.admit(ticketed.ticket, bytes: source.capacity) else {
      return .result(.unsettled)
    }
    let content = source.fill()
    guard case .bytes = content else { return .result(Worker.result(content)) }
    guard let members = place?.members ?? newMembers(source.bytes, job.key.path) else {
      if let format = open.packing(source.bytes, size: Int(identity.size)) {
        return .packed(format, open)
      }
      let limit = places.limits.maximumSize
      return .result(
        .skipped(.tooLarge, detail: "\(identity.size) bytes; drop.max-size is \(limit)"))
    }
    let task = MemberTask(ticket: ticketed.ticket, base: base(job, identity))
    let result = await readMembers(&source, members, task, pending: place?.pending ?? .init())
    identity = source.identity
    return .result(result)
  }

  /// What a file comes to that is too large for a document.
  enum Large {
    case result(FileOutcome.Result)
    /// A program is to take it apart.
    case packed(ForeignFormat, ContainerFile)
  }

  /// Reads the members of a file that was read; nil when it is no container.
  mutating func readWhole(
    _ bytes: UnsafeMutableRawBufferPointer, _ identity: FileIdentity,
    _ ticketed: Pipeline.Window.Ticketed
  ) async -> FileOutcome.Result? {
    let job = ticketed.job
    guard ContainerFormat.mayBegin(UnsafeRawBufferPointer(bytes), name: job.key.path),
      !places.extractors.isNamed(job.key.path)
    else { return nil }
    let place = places.interrupted.take(job.key, identity, fromProgram: false)
    guard
      let members = place?.members ?? newMembers(UnsafeRawBufferPointer(bytes), job.key.path)
    else { return nil }
    var source = ContainerSource(whole: bytes, identity)
    source.drop(place?.offset ?? 0)
    let task = MemberTask(ticket: ticketed.ticket, base: base(job, identity))
    return await readMembers(&source, members, task, pending: place?.pending ?? .init())
  }

  private func base(_ job: FileJob, _ identity: FileIdentity) -> FileOutcome {
    var outcome = FileOutcome(job)
    outcome.identity = identity
    return outcome
  }

  private func newMembers(_ bytes: UnsafeRawBufferPointer, _ path: [UInt8]) -> MemberReader? {
    ContainerFormat.detect(bytes, name: path).map {
      MemberReader($0, limit: places.limits.maximumSize)
    }
  }
}
