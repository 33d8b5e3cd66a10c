// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Documents
import NearDuplicates
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(5)))
struct ExtractionQueueTests {
  private let key = DroppedFile(drop: 0, path: Array("a.pdf".utf8))
  private let identity = FileIdentity(device: 1, inode: 2, size: 3, modified: 4, changed: 5)

  private func job(_ ticket: UInt64, queued: UInt64 = 0) -> ExtractionQueue.Job {
    let outcome = FileOutcome(key: key, identity: identity, result: .gone, attempts: 0)
    return .init(ticket: ticket, outcome: outcome, bytes: [], queued: queued)
  }

  private func isRunning(_ earlier: ExtractionQueue.Earlier?) -> Bool? {
    switch earlier {
    case .running: true
    case .over: false
    case nil: nil
    }
  }

  @Test func endsWhenThoseWhoAppendHaveEnded() async {
    let queue = ExtractionQueue(producers: 2)
    queue.append(job(7))
    queue.append(job(8))
    queue.leave()
    #expect(await queue.take()?.ticket == 7)
    async let rest = (queue.take(), queue.take())
    queue.leave()
    let (second, third) = await rest
    #expect([second?.ticket, third?.ticket] == [8, nil])
  }

  @Test func whatNobodyWaitsForIsKeptForTheNextLook() {
    let queue = ExtractionQueue(producers: 1)
    let slow = job(1)
    #expect(!queue.keep(slow.outcome, of: slow), "somebody waits")
    #expect(queue.giveUpWaiting(for: slow))
    #expect(!queue.giveUpWaiting(for: slow), "once")
    #expect(isRunning(queue.result(of: key, identity)) == true)
    #expect(queue.keep(slow.outcome, of: slow))
    let other = FileIdentity(device: 1, inode: 2, size: 4, modified: 4, changed: 5)
    #expect(isRunning(queue.result(of: key, other)) == nil, "another content")
    #expect(isRunning(queue.result(of: key, identity)) == false)
    #expect(isRunning(queue.result(of: key, identity)) == nil, "once")
  }

  @Test func whatHasWaitedForLongIsTakenOut() async {
    let queue = ExtractionQueue(producers: 1)
    let now = 10 * ExtractionQueue.patience
    queue.append(job(1, queued: now - ExtractionQueue.patience - 1))
    queue.append(job(2, queued: now - ExtractionQueue.patience))
    #expect(queue.takeOverdue(now: now).map(\.ticket) == [1])
    #expect(await queue.take()?.ticket == 2)
  }

  /// Reads one file with one worker of each kind.
  private func work(
    _ scene: DropScene, _ places: DropPlaces, names: [String]
  ) async -> [FileOutcome.Result] {
    let pipeline = Pipeline(limit: 64, byteLimit: 1 << 20, roomAgain: {})
    for name in names {
      #expect(pipeline.submit(FileJob(key: DroppedFile(drop: 0, path: Array(name.utf8)))))
    }
    pipeline.finish(discardingJobs: false)
    let queue = ExtractionQueue(producers: 1)
    async let extracting: Void = ExtractionWorker(
      pipeline: pipeline, queue: queue, places: places, known: NothingKnown(), sampling: .init(),
      hasStories: false
    ).run()
    await Worker(
      pipeline: pipeline, extraction: queue, places: places, known: NothingKnown(),
      sampling: .init(), hasStories: false
    ).run()
    await extracting
    var outcomes: [FileOutcome] = []
    while let some = await pipeline.takeOutcomes(upTo: 64) { outcomes += some }
    return outcomes.map(\.result)
  }

  private struct NothingKnown: KnownFiles {
    func isRecorded(_ file: DroppedFile, _ identity: FileIdentity) -> Bool { false }
    func isRecorded(_ member: DroppedFile, digest: [UInt8]) -> Bool { false }
  }

  private func places(_ scene: DropScene, _ command: [String]) -> DropPlaces {
    DropPlaces(
      directories: [Array(scene.path.utf8)], minimumWords: 1, limits: scene.limits,
      extractors: Extractors(commands: [.pdf: command], limits: ExtractionLimits()))
  }

  @Test func whatAProgramReadsKeepsItsPlaceInTheOrder() async throws {
    let scene = try DropScene()
    try FileSystem.write(PDFFile.bytes("text"), to: scene.path("a.pdf"))
    try scene.write("b.txt", "one two three")
    let results = await work(
      scene, places(scene, ["echo", "five words are in this"]),
      names: ["a.pdf", "b.txt"])
    let words = results.map { result -> Int? in
      if case .document(let document) = result { document.fingerprint.words } else { nil }
    }
    #expect(words == [5, 3])
  }

  @Test func aMissingProgramIsKeptInMindForAReload() async throws {
    let scene = try DropScene()
    try FileSystem.write(PDFFile.bytes("text"), to: scene.path("a.pdf"))
    let places = places(scene, ["/nowhere/pdftotext"])
    guard case .skipped(.noExtractor, _)? = await work(scene, places, names: ["a.pdf"]).first
    else {
      Issue.record("it is not skipped")
      return
    }
    #expect(places.takeMissingProgram())
    #expect(!places.takeMissingProgram())
    #expect(places.familiar.isUsed, "it is not read again by each scan")
  }
}
