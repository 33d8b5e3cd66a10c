// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Glibc
internal import NearDuplicates
internal import Posix

/// Has programs read files, one at a time; one task of a few, on threads that may block.
struct ExtractionWorker: ~Copyable {
  private let pipeline: Pipeline
  private let queue: ExtractionQueue
  private let places: DropPlaces
  private var members: MemberWorker

  init(
    pipeline: Pipeline, queue: ExtractionQueue, places: DropPlaces, known: any KnownFiles,
    sampling: SketchSampling, hasStories: Bool
  ) {
    self.pipeline = pipeline
    self.queue = queue
    self.places = places
    members = MemberWorker(
      pipeline: pipeline, places: places, known: known,
      content: ContentReader(places: places, sampling: sampling, hasStories: hasStories))
  }

  /// Works until nobody appends jobs any more and all are done.
  consuming func run() async {
    while let job = await queue.take(isOldest: { [pipeline] in pipeline.isOldest($0) }) {
      var outcome = job.outcome
      if pipeline.isStopping {
        outcome.result = .unsettled
      } else if let packing = job.packing {
        guard let result = await unpack(job, packing) else { continue }
        outcome.result = judged(result, outcome)
      } else {
        outcome.result = judged(read(job), outcome)
      }
      outcome.skippedDigest = members.content.takeSkippedDigest()
      if queue.keep(outcome, of: job) { continue }
      pipeline.complete(job.ticket, outcome)
    }
  }

  private mutating func read(_ job: ExtractionQueue.Job) -> FileOutcome.Result {
    let task = MemberTask(ticket: job.ticket, base: job.outcome)
    return members.content.read(
      job.bytes, job.outcome.key.path, extractors: extractors(for: job, task))
  }

  /// What a result of programs says of a file.
  private func judged(
    _ result: FileOutcome.Result, _ outcome: FileOutcome
  ) -> FileOutcome.Result {
    switch result {
    case .failed where pipeline.isStopping: return .unsettled
    case .failed(let number):
      let error = Errno(number: number)
      if places.limits.waitsForWriters, error.isPassing { return result }
      return .skipped(.unreadable, detail: "no program can be started: \(error.text)")
    case .skipped:
      // Whatever the program said of these bytes it would say again.
      if let identity = outcome.identity { places.familiar.insert(outcome.key, identity) }
      return result
    case .document, .container, .interrupted, .unsettled, .unchanged, .gone: return result
    }
  }

  // MARK: Archives

  /// Reads an archive or a compressed file; nil when it is a container whose turn is not yet.
  private mutating func unpack(
    _ job: ExtractionQueue.Job, _ packing: ForeignFormat
  ) async -> FileOutcome.Result? {
    let identity = job.outcome.identity ?? .unknown
    let place = places.interrupted.take(job.outcome.key, identity, fromProgram: true)
    if let place, !job.awaitsOthers {
      _ = places.interrupted.keep(place, of: job.outcome.key)
      return putBack(job)
    }
    if case .archive = packing, !job.awaitsOthers { return putBack(job) }
    let allowance = place?.supply?.allowance ?? UnpackingAllowance(size: Int(identity.size))
    let task = MemberTask(ticket: job.ticket, base: job.outcome, allowance: allowance)
    let extractors = extractors(for: job, task)
    members.content.extractors = extractors
    if let place, let supply = place.supply {
      var source = ContainerSource(supply, identity, isStopped: extractors.isStopped)
      return await read(&source, place.members, job, task, pending: place.pending)
    }
    let path = job.outcome.key.path
    let packed = MemberWorker.Packed(
      format: packing, file: job.file?.packed(Int(identity.size)) ?? .bytes(job.bytes), name: path,
      identity: identity, mayBeSingle: job.file == nil)
    switch members.unpack(packed, task) {
    case .members(var source, let reader):
      guard job.awaitsOthers else { return task.hasLetOthersPass ? .unsettled : putBack(job) }
      return await read(&source, reader, job, task)
    case .single(let plain):
      return members.content.read(
        unpacked: plain, packed.nameWithin, digest: ContentReader.digest(of: job.bytes))
    case .result(let result): return result
    }
  }

  private func putBack(_ job: ExtractionQueue.Job) -> FileOutcome.Result? {
    var job = job
    job.awaitsOthers = true
    queue.append(job)
    return nil
  }

  private mutating func read(
    _ source: inout ContainerSource, _ reader: MemberReader, _ job: ExtractionQueue.Job,
    _ task: MemberTask, pending: MemberSlice = MemberSlice()
  ) async -> FileOutcome.Result {
    let result = await members.readMembers(&source, reader, task, pending: pending)
    guard case .container = result, let file = job.file else { return result }
    var identity = source.identity
    // What was cut from the end of one that changed meanwhile may be half a member.
    return file.verify(&identity).map { Worker.result($0) } ?? result
  }

  // MARK: Files that take long

  /// The programs, which are stopped with the daemon, and let others pass when they take long.
  private func extractors(
    for job: ExtractionQueue.Job, _ task: MemberTask
  ) -> Extractors {
    var extractors = places.extractors
    let waitsForWriters = places.limits.waitsForWriters
    extractors.isStopped = { [pipeline, queue] in
      // With `--once` nobody comes back.
      if waitsForWriters, task.pause > ExtractionQueue.patience {
        Self.letOthersPass(job, task, pipeline, queue)
      }
      return pipeline.isStopping
    }
    return extractors
  }

  /// What is behind the job, and behind those that it keeps waiting, is decided before them.
  private static func letOthersPass(
    _ job: ExtractionQueue.Job, _ task: MemberTask, _ pipeline: Pipeline, _ queue: ExtractionQueue
  ) {
    var passed = queue.takeOverdue(now: Clocks.monotonic())
    if queue.giveUpWaiting(for: job) {
      task.noteLettingOthersPass()
      passed.append(job)
    }
    for job in passed {
      var outcome = job.outcome
      outcome.putOff()
      pipeline.complete(job.ticket, outcome)
    }
  }
}
