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
  private var content: ContentReader

  init(
    pipeline: Pipeline, queue: ExtractionQueue, places: DropPlaces, sampling: SketchSampling,
    hasStories: Bool
  ) {
    self.pipeline = pipeline
    self.queue = queue
    self.places = places
    content = ContentReader(places: places, sampling: sampling, hasStories: hasStories)
  }

  /// Works until nobody appends jobs any more and all are done.
  consuming func run() async {
    while let job = await queue.take() {
      var outcome = job.outcome
      outcome.result = pipeline.isStopping ? .unsettled : read(job)
      outcome.skippedDigest = content.takeSkippedDigest()
      if queue.keep(outcome, of: job) { continue }
      pipeline.complete(job.ticket, outcome)
    }
  }

  private mutating func read(_ job: ExtractionQueue.Job) -> FileOutcome.Result {
    let outcome = job.outcome
    let waitsForWriters = places.limits.waitsForWriters
    let started = Clocks.monotonic()
    var extractors = places.extractors
    extractors.isStopped = { [pipeline, queue] in
      // With `--once` nobody comes back.
      if waitsForWriters, Clocks.monotonic() > started &+ ExtractionQueue.patience {
        Self.letOthersPass(job, pipeline, queue)
      }
      return pipeline.isStopping
    }
    let result = content.read(job.bytes, outcome.key.path, extractors: extractors)
    switch result {
    case .failed where pipeline.isStopping: return .unsettled
    case .failed(let number):
      let error = Errno(number: number)
      if waitsForWriters, error.isPassing { return result }
      return .skipped(.unreadable, detail: "no program can be started: \(error.text)")
    case .skipped:
      // Whatever the program said of these bytes it would say again.
      if let identity = outcome.identity { places.familiar.insert(outcome.key, identity) }
      return result
    case .document, .container, .interrupted, .unsettled, .unchanged, .gone: return result
    }
  }

  /// What is behind the job, and behind those that it keeps waiting, is decided before them.
  private static func letOthersPass(
    _ job: ExtractionQueue.Job, _ pipeline: Pipeline, _ queue: ExtractionQueue
  ) {
    var passed = queue.takeOverdue(now: Clocks.monotonic())
    if queue.giveUpWaiting(for: job) { passed.append(job) }
    for job in passed {
      var outcome = job.outcome
      outcome.putOff()
      pipeline.complete(job.ticket, outcome)
    }
  }
}
