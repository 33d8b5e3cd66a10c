// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Crypto
internal import Documents
internal import Glibc
internal import NearDuplicates

/// Reads, hashes and fingerprints files; one task of several, with buffers of its own.
struct Worker: ~Copyable {
  /// Jobs are taken a few at a time, so that handing them over costs little per file; more would
  /// leave other workers without any.
  private static let jobsAtATime = 16

  /// How often a file is looked at that nobody comes back to (`--once`).
  private static let looksWithoutReturn = 3

  /// What a document takes from reading to deciding, in bytes for each of its file: its text, and
  /// tokens, runs of words and their places made ready for the comparison.
  private static let memoryPerByte = 10

  private let pipeline: Pipeline
  private let places: DropPlaces
  private let known: any KnownFiles
  private var reader = FileReader()
  private var documents: DocumentReader
  private let hasStories: Bool
  private var gathering = TermGathering()

  init(
    pipeline: Pipeline, places: DropPlaces, known: any KnownFiles, sampling: SketchSampling,
    hasStories: Bool
  ) {
    self.pipeline = pipeline
    self.places = places
    self.known = known
    documents = DocumentReader(sampling: sampling, keepsWording: hasStories)
    self.hasStories = hasStories
  }

  /// Works until the pipeline is finished.
  consuming func run() async {
    while true {
      let jobs = await pipeline.takeJobs(upTo: Self.jobsAtATime)
      if jobs.isEmpty { return }
      for ticketed in jobs {
        await pipeline.turn(of: ticketed)
        let outcome = await process(ticketed)
        pipeline.complete(ticketed.ticket, outcome)
      }
    }
  }

  private mutating func process(_ ticketed: Pipeline.Window.Ticketed) async -> FileOutcome {
    var outcome = await look(ticketed)
    if places.limits.waitsForWriters { return outcome }
    // With `--once` nothing is put off, so the file gets its record now whatever it is.
    var looks = 1
    while looks < Self.looksWithoutReturn, outcome.isToBeTriedAgain {
      outcome = await look(ticketed)
      looks += 1
    }
    switch outcome.result {
    case .unsettled:
      outcome.result = .skipped(.unstable, detail: "it changed during each of \(looks) reads")
    case .failed(let errno):
      outcome.result = .skipped(.unreadable, detail: Errno(number: errno).text)
    case .document, .skipped, .unchanged, .gone: break
    }
    return outcome
  }

  private mutating func look(_ ticketed: Pipeline.Window.Ticketed) async -> FileOutcome {
    let job = ticketed.job
    var outcome = FileOutcome(
      key: job.key, identity: nil, result: .gone, attempts: job.attempts)
    outcome.arrived = job.arrived
    outcome.mayBeRecorded = job.mayBeRecorded
    if job.work == .forget { return forgetting(outcome) }
    let limits = places.limits
    do throws(Errno) {
      let root = try places.openRoot(job.key.drop)
      if job.mayBeRecorded,
        let identity = FileReader.identity(
          of: job.key.path, in: root, followLinks: limits.followLinks),
        known.isRecorded(job.key, identity)
      {
        outcome.identity = identity
        outcome.result = .unchanged
        return outcome
      }
      switch reader.open(job.key.path, in: root, limits: limits) {
      case .failed(let errno):
        outcome.result = .failed(errno: errno)
      case .skipped(.vanished, _, _) where Self.isAnother(root, than: job.root):
        // It may still be where it was seen, under another name or below a mount. The intake takes
        // the directory that is here now up anew, and that one when it is back.
        outcome.result = .failed(errno: ENOENT)
      case .skipped(let reason, let detail, let identity):
        outcome.identity = identity
        outcome.result = .skipped(reason, detail: detail)
      case .file(let descriptor, var identity):
        if limits.waitsForWriters, FileReader.isUnsettled(descriptor, identity, job, limits) {
          outcome.result = .unsettled
        } else if await pipeline.admit(
          ticketed.ticket, bytes: Self.memoryPerByte * Int(identity.size))
        {
          outcome.result = read(job.key.path, descriptor, &identity)
        }
        outcome.identity = identity
      }
    } catch {
      // It says nothing about the file, which gets its record when the directory can be opened.
      outcome.result = .failed(errno: error.number)
    }
    return outcome
  }

  private static func isAnother(
    _ root: borrowing FileDescriptor, than seen: (device: UInt64, inode: UInt64)?
  ) -> Bool {
    guard let seen, let status = try? FileSystemCalls.status(of: root) else { return false }
    return UInt64(status.st_dev) != seen.device || UInt64(status.st_ino) != seen.inode
  }

  /// A file that is there again is no deletion, nor is one that cannot be looked at.
  private func forgetting(_ outcome: FileOutcome) -> FileOutcome {
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
    _ path: [UInt8], _ descriptor: borrowing FileDescriptor, _ identity: inout FileIdentity
  ) -> FileOutcome.Result {
    defer { reader.trim() }
    switch reader.read(descriptor, &identity) {
    case .changed: return .unsettled
    case .failed(let errno): return .failed(errno: errno)
    case .skipped(let reason, let detail): return .skipped(reason, detail: detail)
    case .bytes(let count):
      let bytes = UnsafeRawBufferPointer(rebasing: reader.buffer[..<count])
      return document(bytes, path)
    }
  }

  private mutating func document(
    _ bytes: UnsafeRawBufferPointer, _ path: [UInt8]
  ) -> FileOutcome.Result {
    switch documents.read(bytes, name: path) {
    case .skipped(let cause, let detail): return .skipped(SkipReason(cause), detail: detail)
    case .document(let text):
      let minimum = places.minimumWords
      let fingerprint = text.fingerprint
      guard fingerprint.words >= minimum else {
        let words = fingerprint.words == 1 ? "1 word" : "\(fingerprint.words) words"
        return .skipped(.tooShort, detail: "\(words); detection.minimum-words is \(minimum)")
      }
      var digest = SHA256()
      digest.update(bufferPointer: bytes)
      return .document(
        ReadDocument(
          digest: Array(digest.finalize()),
          prepared: hasStories
            ? PreparedDocument(fingerprint, &gathering) : PreparedDocument(fingerprint)))
    }
  }
}

extension SkipReason {
  init(_ cause: Reading.Cause) {
    switch cause {
    case .empty: self = .empty
    case .binary: self = .binary
    case .undecodable: self = .undecodable
    }
  }
}
