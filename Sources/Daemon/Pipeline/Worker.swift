// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Glibc
internal import NearDuplicates
internal import Posix

/// Reads, hashes and fingerprints files; one task of several, with buffers of its own.
struct Worker: ~Copyable {
  /// Jobs are taken a few at a time, so that handing them over costs little per file; more would
  /// leave other workers without any.
  private static let jobsAtATime = 16

  /// How often a file is looked at that nobody comes back to (`--once`).
  private static let looksWithoutReturn = 3

  /// The same for a file that cannot be opened for a reason that passes, and the pause before each.
  private static let opensWithoutReturn = 20
  private static let pause = Duration.milliseconds(100)

  private static func looks(_ outcome: FileOutcome) -> Int {
    if case .failed(let number) = outcome.result, Errno(number: number).isLeased {
      return opensWithoutReturn
    }
    return looksWithoutReturn
  }

  private let pipeline: Pipeline
  private let extraction: ExtractionQueue
  private let places: DropPlaces
  private let known: any KnownFiles
  private var reader = FileReader()
  private var members: MemberWorker

  /// - Parameter extraction: Takes what programs are to read, which would hold up other files here.
  init(
    pipeline: Pipeline, extraction: ExtractionQueue, places: DropPlaces, known: any KnownFiles,
    sampling: SketchSampling, hasStories: Bool
  ) {
    self.pipeline = pipeline
    self.extraction = extraction
    self.places = places
    self.known = known
    members = MemberWorker(
      pipeline: pipeline, places: places, known: known,
      content: ContentReader(places: places, sampling: sampling, hasStories: hasStories))
  }

  /// What became of a job: its outcome, or a file that a program is still to read for it.
  private struct Found {
    var outcome: FileOutcome
    var foreign: Foreign?
  }

  private struct Foreign {
    /// The file's; none of one that is too large to be held.
    var bytes: [UInt8] = []
    var file: ContainerFile?
    var packing: ForeignFormat?
  }

  /// Works until the pipeline is finished.
  consuming func run() async {
    while true {
      let jobs = await pipeline.takeJobs(upTo: Self.jobsAtATime)
      if jobs.isEmpty { return extraction.leave() }
      for ticketed in jobs {
        await pipeline.turn(of: ticketed)
        let found = await process(ticketed)
        if let foreign = found.foreign {
          extraction.append(
            .init(
              ticket: ticketed.ticket, outcome: found.outcome, bytes: foreign.bytes,
              file: foreign.file, packing: foreign.packing))
        } else {
          pipeline.complete(ticketed.ticket, found.outcome)
        }
      }
    }
  }

  private mutating func process(_ ticketed: Pipeline.Window.Ticketed) async -> Found {
    var found = await look(ticketed)
    if places.limits.waitsForWriters { return found }
    // With `--once` nothing is put off, so the file gets its record now whatever it is.
    var looks = 1
    while looks < Self.looks(found.outcome), found.outcome.isToBeTriedAgain, !pipeline.isStopping {
      // A lease is given back within the time that its holder is asked to take.
      if case .failed = found.outcome.result { try? await Pause.wait(for: Self.pause) }
      found = await look(ticketed)
      looks += 1
    }
    switch found.outcome.result {
    case .unsettled where !pipeline.isStopping:
      found.outcome.result = .skipped(
        .unstable, detail: "it changed during each of \(looks) reads")
    case .failed(let errno):
      found.outcome.result = .skipped(.unreadable, detail: Errno(number: errno).text)
    case .document, .container, .interrupted, .skipped, .unsettled, .unchanged, .gone: break
    }
    return found
  }

  /// What became of a look: all there is to say, or a file to be read.
  private enum Looked: Sendable {
    case done(FileOutcome)
    case file(Handover<FileDescriptor>, FileIdentity, FileOutcome)
  }

  private mutating func look(_ ticketed: Pipeline.Window.Ticketed) async -> Found {
    let job = ticketed.job
    // Where a server may die, on a thread that can be given up.
    let mayHang = job.changesUnseen
    let (places, known) = (places, known)
    let looked =
      mayHang
      ? places.calls.call(job.key.drop) { _ in Self.look(at: job, places, known) }
      : Self.look(at: job, places, known)
    switch looked {
    case .done(let outcome): return Found(outcome: outcome)
    case .file(let file, var identity, var outcome):
      outcome.identity = identity
      if let earlier = extraction.result(of: job.key, identity) {
        outcome.take(earlier)
        return Found(outcome: outcome)
      }
      var foreign: Foreign?
      if identity.size > places.limits.maximumSize {
        switch await members.readLarge(file, &identity, ticketed) {
        case .result(let result): outcome.result = result
        case .packed(let format, let file): foreign = Foreign(file: file, packing: format)
        }
      } else if await pipeline.admit(
        ticketed.ticket, bytes: MemberWorker.memoryPerByte * Int(identity.size))
      {
        switch await read(file, &identity, ticketed) {
        case .result(let result): outcome.result = result
        case .foreign(let bytes, let packing): foreign = Foreign(bytes: bytes, packing: packing)
        }
      } else if mayHang {
        _ = places.calls.call(job.key.drop) { _ in file.take() == nil }
      }
      outcome.identity = identity
      outcome.skippedDigest = members.content.takeSkippedDigest()
      // That a file is too large was read in its bytes here: it could have been a container.
      if case .skipped(let reason, _) = outcome.result,
        reason.isOfContent
          || reason == .tooLarge && identity.size > places.limits.maximumSize
      {
        places.familiar.insert(job.key, identity)
      }
      return Found(outcome: outcome, foreign: foreign)
    case nil:
      var outcome = FileOutcome(job)
      outcome.result = .failed(errno: ETIMEDOUT)
      return Found(outcome: outcome)
    }
  }

  /// Opens the file, if it is one to be read.
  private static func look(
    at job: FileJob, _ places: DropPlaces, _ known: any KnownFiles
  ) -> Looked {
    var outcome = FileOutcome(job)
    if job.work == .forget { return .done(forgetting(outcome, places)) }
    let limits = places.limits
    do throws(Errno) {
      let root = try places.openRoot(job.key.drop)
      if job.mayBeRecorded,
        let identity = FileReader.identity(
          of: job.key.path, in: root, followLinks: limits.followLinks),
        isUnchanged(&outcome, identity, places, known)
      {
        return .done(outcome)
      }
      switch FileReader.open(job.key.path, in: root, limits: limits) {
      case .failed(let errno):
        outcome.result = .failed(errno: errno)
      case .skipped(.vanished, _, _) where isAnother(root, than: job.root):
        // It may still be where it was seen, under another name or below a mount. The intake takes
        // the directory that is here now up anew, and that one when it is back.
        outcome.result = .failed(errno: ENOENT)
      case .skipped(let reason, let detail, let identity):
        outcome.identity = identity
        outcome.result = .skipped(reason, detail: detail)
      case .large(let descriptor, let identity, let links, let detail):
        // While it is being written it has another size at each look.
        if isUnsettled(&outcome, descriptor, identity, links, job, limits) {
          return .done(outcome)
        }
        outcome.identity = identity
        outcome.result = .skipped(.tooLarge, detail: detail)
      case .file(let descriptor, let identity, let links):
        if !places.interrupted.contains(job.key, identity),
          isUnsettled(&outcome, descriptor, identity, links, job, limits)
        {
          return .done(outcome)
        }
        return .file(Handover(descriptor), identity, outcome)
      }
    } catch {
      // It says nothing about the file, which gets its record when the directory can be opened.
      outcome.result = .failed(errno: error.number)
    }
    return .done(outcome)
  }

  /// Whether its writer may not be done with the file, which is put off then.
  private static func isUnsettled(
    _ outcome: inout FileOutcome, _ descriptor: borrowing FileDescriptor,
    _ identity: FileIdentity, _ links: UInt64, _ job: FileJob, _ limits: FileReader.Limits
  ) -> Bool {
    guard limits.waitsForWriters,
      case .unsettled(let seen, let wait) = FileQuiet.judge(
        descriptor, identity, links: links, job, limits)
    else { return false }
    outcome.result = .unsettled
    (outcome.seen, outcome.wait, outcome.identity) = (seen, wait, identity)
    return true
  }

  /// Whether the file is as it was when it was recorded or skipped.
  private static func isUnchanged(
    _ outcome: inout FileOutcome, _ identity: FileIdentity, _ places: DropPlaces,
    _ known: any KnownFiles
  ) -> Bool {
    if places.familiar.contains(outcome.key, identity) {
      // Where recorded files are looked at again, only skipped ones are familiar.
      outcome.wasSkipped = places.looksAgain
    } else {
      guard known.isRecorded(outcome.key, identity) else { return false }
      if !places.looksAgain { places.familiar.insert(outcome.key, identity) }
    }
    outcome.identity = identity
    outcome.result = .unchanged
    return true
  }

  private static func isAnother(
    _ root: borrowing FileDescriptor, than seen: (device: UInt64, inode: UInt64)?
  ) -> Bool {
    guard let seen, let status = try? FileSystemCalls.status(of: root) else { return false }
    return UInt64(status.st_dev) != seen.device || UInt64(status.st_ino) != seen.inode
  }

  /// A file that is there again is no deletion, nor is one that cannot be looked at.
  private static func forgetting(_ outcome: FileOutcome, _ places: DropPlaces) -> FileOutcome {
    var outcome = outcome
    do throws(Errno) {
      let root = try places.openRoot(outcome.key.drop)
      if !FileReader.isGone(outcome.key.path, from: root) { outcome.result = .unchanged }
    } catch {
      // The drop directory itself is missing: that is no reason to forget what was in it.
      outcome.result = .unchanged
    }
    return outcome
  }

  private mutating func read(
    _ file: Handover<FileDescriptor>, _ identity: inout FileIdentity,
    _ ticketed: Pipeline.Window.Ticketed
  ) async -> ContentReader.Answer {
    defer { reader.trim() }
    let found: FileReader.Content
    if ticketed.job.changesUnseen {
      guard let answer = readPatiently(file, identity, ticketed.job) else {
        return .result(.failed(errno: ETIMEDOUT))
      }
      (found, identity) = (answer.content, answer.identity)
      reader.hold(answer.bytes)
    } else {
      guard let descriptor = file.take() else { return .result(.unsettled) }
      found = reader.read(descriptor, &identity)
    }
    guard case .bytes(let count) = found else { return .result(Self.result(found)) }
    let bytes = UnsafeMutableRawBufferPointer(rebasing: reader.buffer[..<count])
    if let result = await members.readWhole(bytes, identity, ticketed) { return .result(result) }
    return members.content.look(at: UnsafeRawBufferPointer(bytes), ticketed.job.key.path)
  }

  /// The same where a server may die, into memory that is given up with the thread.
  private func readPatiently(
    _ file: Handover<FileDescriptor>, _ expected: FileIdentity, _ job: FileJob
  ) -> PatientRead? {
    places.calls.call(job.key.drop) { life -> PatientRead in
      var identity = expected
      var reader = FileReader()
      // Closed here as well: that, too, may take its time.
      guard let descriptor = file.take() else { return PatientRead(.changed, [], identity) }
      let content = reader.read(descriptor, &identity, life: life)
      guard case .bytes(let count) = content else { return PatientRead(content, [], identity) }
      return PatientRead(content, Array(reader.buffer.prefix(count)), identity)
    }
  }

  private struct PatientRead: Sendable {
    var content: FileReader.Content
    var bytes: [UInt8]
    var identity: FileIdentity

    init(_ content: FileReader.Content, _ bytes: [UInt8], _ identity: FileIdentity) {
      (self.content, self.bytes, self.identity) = (content, bytes, identity)
    }
  }

  /// What a read says that gave no bytes.
  static func result(_ content: FileReader.Content) -> FileOutcome.Result {
    switch content {
    case .changed, .bytes: .unsettled
    case .failed(let errno): .failed(errno: errno)
    case .skipped(let reason, let detail): .skipped(reason, detail: detail)
    }
  }
}
