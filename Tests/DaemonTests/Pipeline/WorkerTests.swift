// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Glibc
import NearDuplicates
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct WorkerTests {
  /// What the state knows, for one file.
  private struct OneKnownFile: KnownFiles {
    var key: DroppedFile?
    var identity: FileIdentity?

    func isRecorded(_ file: DroppedFile, _ identity: FileIdentity) -> Bool {
      file == key && identity == self.identity
    }

    /// By the names of the members.
    var members: Set<String> = []

    func isRecorded(_ member: DroppedFile, digest: [UInt8]) -> Bool {
      let name = MemberPath.split(member.path).member ?? []
      return digest.count == 32 && members.contains(String(decoding: name, as: UTF8.self))
    }
  }

  private func key(_ path: String) -> DroppedFile { DroppedFile(drop: 0, path: Array(path.utf8)) }

  /// Has one worker work off the jobs; answers what became of each, in order.
  private func work(
    _ jobs: [FileJob], _ places: DropPlaces, known: OneKnownFile = OneKnownFile(),
    hasStories: Bool = false
  ) async -> [FileOutcome] {
    let pipeline = Pipeline(limit: 64, byteLimit: 1 << 20, roomAgain: {})
    for job in jobs { #expect(pipeline.submit(job)) }
    pipeline.finish(discardingJobs: false)
    let extraction = ExtractionQueue(producers: 1)
    let worker = Worker(
      pipeline: pipeline, extraction: extraction, places: places, known: known,
      sampling: SketchSampling(), hasStories: hasStories)
    await worker.run()
    let extracting = ExtractionWorker(
      pipeline: pipeline, queue: extraction, places: places, known: known,
      sampling: SketchSampling(), hasStories: hasStories)
    await extracting.run()
    var outcomes: [FileOutcome] = []
    while let some = await pipeline.takeOutcomes(upTo: 64) { outcomes += some }
    #expect(pipeline.load.bytes == 0)
    return outcomes
  }

  private func kind(_ outcome: FileOutcome) -> String {
    switch outcome.result {
    case .document(let document): "document of \(document.fingerprint.words)"
    case .container: "container"
    case .interrupted: "interrupted"
    case .skipped(let reason, _): reason.rawValue
    case .unsettled: "unsettled"
    case .unchanged: "unchanged"
    case .gone: "gone"
    case .failed: "failed"
    }
  }

  private func member(_ outcome: FileOutcome) -> String? {
    MemberPath.split(outcome.key.path).member.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func theMembersOfAContainerAreOutcomesOfTheirOwn() async throws {
    let scene = try DropScene()
    let lines = [
      "{\"text\": \"one two three\"}", "{\"text\": \"broken", "", "{\"text\": \"four five\"}",
    ]
    try scene.write("a.jsonl", lines.joined(separator: "\n"))
    try scene.write("b", "one two three four")
    let jobs = ["a.jsonl", "b"].map { FileJob(key: key($0)) }
    let outcomes = await work(jobs, scene.places())
    #expect(
      outcomes.map(kind) == [
        "document of 3", "unreadable", "document of 2", "container", "document of 4",
      ])
    #expect(outcomes.map(member) == ["line 1", "line 2", "line 4", nil, nil])
    #expect(outcomes.map(\.identity?.size) == [25, 16, 21, 65, 18])
    #expect(outcomes.map(\.isRecorded) == [false, false, false, true, true])
    #expect(outcomes[0].memberDigest?.count == 32)
    // What is recorded is not read again.
    let again = await work([jobs[0]], scene.places(), known: OneKnownFile(members: ["line 1"]))
    #expect(again.map(kind) == ["unchanged", "unreadable", "document of 2", "container"])
    #expect(again.map(\.memberDigest) == outcomes.prefix(4).map(\.memberDigest))
  }

  @Test func aLargeContainerIsReadInParts() async throws {
    let scene = try DropScene()
    let news = PseudoNews(seed: 5)
    let texts = (0..<900).map { "{\"text\":\"\(news.article($0).replacing("\n", with: " "))\"}" }
    try scene.write("a.jsonl", texts.joined(separator: "\n"))
    try scene.write("b.txt", String(repeating: "one two three ", count: 10_000))
    var limits = scene.limits
    limits.maximumSize = 32_000
    let places = DropPlaces(
      directories: [Array(scene.path.utf8)], minimumWords: 1, limits: limits)
    let pipeline = Pipeline(limit: 64, byteLimit: 1 << 20, roomAgain: {})
    for name in ["a.jsonl", "b.txt"] { #expect(pipeline.submit(FileJob(key: key(name)))) }
    pipeline.finish(discardingJobs: false)
    let seen = await withTaskGroup(of: [FileOutcome].self) { group in
      group.addTask {
        let worker = Worker(
          pipeline: pipeline, extraction: ExtractionQueue(producers: 1), places: places,
          known: OneKnownFile(), sampling: SketchSampling(), hasStories: false)
        await worker.run()
        return []
      }
      group.addTask {
        var outcomes: [FileOutcome] = []
        while let some = await pipeline.takeOutcomes(upTo: 32) { outcomes += some }
        return outcomes
      }
      return await group.reduce([], +)
    }
    #expect(texts.joined().utf8.count > 1 << 20)
    #expect(seen.map(member) == (1...900).map { "line \($0)" } + [nil, nil])
    #expect(seen.suffix(2).map(kind) == ["container", "too-large"])
    #expect(seen.dropLast(2).allSatisfy { kind($0).hasPrefix("document") })
    #expect(pipeline.load.bytes == 0)
  }

  @Test(arguments: [true, false])
  func aLargeContainerGivesOthersTheirTurn(isStream: Bool) async throws {
    let scene = try DropScene()
    let lines = (1...5_000).map { "{\"text\":\"these are the words of line \($0)\"}" }
    try scene.write("a.jsonl", lines.joined(separator: "\n"))
    try scene.write("b", "one two three")
    var limits = scene.limits
    if isStream { limits.maximumSize = 10_000 }
    let places = DropPlaces(
      directories: [Array(scene.path.utf8)], minimumWords: 1, limits: limits)
    let pipeline = Pipeline(limit: 64, byteLimit: 1 << 30, roomAgain: {})
    for name in ["a.jsonl", "b"] { #expect(pipeline.submit(FileJob(key: key(name)))) }
    let working = Task {
      let worker = Worker(
        pipeline: pipeline, extraction: ExtractionQueue(producers: 1), places: places,
        known: OneKnownFile(), sampling: SketchSampling(), hasStories: false)
      await worker.run()
    }
    var seen: [FileOutcome] = []
    while let some = await pipeline.takeOutcomes(upTo: 32) {
      seen += some
      // Somebody comes back to it; another file is there by then.
      for outcome in some where kind(outcome) == "interrupted" {
        #expect(pipeline.submit(FileJob(key: outcome.key, mayBeOpen: true)))
        #expect(pipeline.submit(FileJob(key: key("b"))))
      }
      if some.contains(where: { kind($0) == "container" }) {
        pipeline.finish(discardingJobs: false)
      }
    }
    await working.value
    #expect(seen.compactMap(member) == (1...5_000).map { "line \($0)" })
    let others = seen.filter { member($0) == nil }.map(kind)
    let both = ["interrupted", "document of 3"]
    #expect(others == both + both + ["container", "document of 3"])
  }

  @Test func aContainerIsLeftWhenTheRestIsNotWanted() async throws {
    let scene = try DropScene()
    let lines = (0..<500).map { "{\"text\":\"these are the words of line \($0)\"}" }
    try scene.write("a.jsonl", lines.joined(separator: "\n"))
    let pipeline = Pipeline(limit: 64, byteLimit: 1 << 30, roomAgain: {})
    #expect(pipeline.submit(FileJob(key: key("a.jsonl"))))
    let working = Task {
      let worker = Worker(
        pipeline: pipeline, extraction: ExtractionQueue(producers: 1), places: scene.places(),
        known: OneKnownFile(), sampling: SketchSampling(), hasStories: false)
      await worker.run()
    }
    var outcomes = await pipeline.takeOutcomes(upTo: 8) ?? []
    pipeline.finish(discardingJobs: true)
    await working.value
    while let some = await pipeline.takeOutcomes(upTo: 64) { outcomes += some }
    #expect(outcomes.last.map(kind) == "unsettled")
    #expect(outcomes.count < lines.count)
  }

  @Test func eachKindOfFileGetsItsAnswer() async throws {
    let scene = try DropScene()
    try scene.write("text", "one two three four five")
    try scene.write("short", "one two")
    try scene.write("empty", "")
    try scene.write("blank", " \n\t ")
    try scene.write("binary", "one\0two")
    try FileSystem.makeFIFO(scene.path("fifo"))
    try FileSystem.makeSymbolicLink(at: scene.path("link"), to: "text")
    let names = ["text", "short", "empty", "blank", "binary", "fifo", "link", "missing"]
    let outcomes = await work(
      names.map { FileJob(key: key($0)) }, scene.places(minimumWords: 3))
    #expect(
      outcomes.map(kind) == [
        "document of 5", "too-short", "empty", "empty", "binary", "not-regular", "excluded-link",
        "vanished",
      ])
    #expect(outcomes.map(\.key) == names.map(key))
  }

  @Test func aRecordedFileFoundByAScanIsNotRead() async throws {
    let scene = try DropScene()
    try scene.write("a", "one two three")
    let root = try scene.places().openRoot(0)
    let identity = FileIdentity(try FileSystemCalls.status("a".utf8, in: root))
    var job = FileJob(key: key("a"))
    let known = OneKnownFile(key: job.key, identity: identity)
    // An event says that something happened, so the file is read all the same.
    #expect(await work([job], scene.places(), known: known).map(kind) == ["document of 3"])
    job.mayBeRecorded = true
    #expect(await work([job], scene.places(), known: known).map(kind) == ["unchanged"])
    try FileSystem.append(" four".utf8, to: scene.path("a"))
    let outcomes = await work([job], scene.places(), known: known)
    #expect(outcomes.map(kind) == ["document of 4"])
    #expect(outcomes.map(\.mayBeRecorded) == [true])
  }

  @Test func aFileThatIsBeingWrittenIsPutOffUnlessNobodyComesBack() async throws {
    let scene = try DropScene()
    let path = try scene.write("a", "one two three")
    let writer = open(path, O_WRONLY | O_CLOEXEC)
    defer { close(writer) }
    var job = FileJob(key: key("a"), mayBeOpen: true, attempts: 2)
    let outcomes = await work([job], scene.places())
    #expect(outcomes.map(kind) == ["unsettled"])
    #expect(outcomes.map(\.attempts) == [2])
    var limits = scene.limits
    limits.waitsForWriters = false
    let once = DropPlaces(
      directories: [Array(scene.path.utf8)], minimumWords: 1, limits: limits)
    #expect(await work([job], once).map(kind) == ["document of 3"])
    // One that was moved in is complete, whoever has it open.
    job.mayBeOpen = false
    #expect(await work([job], scene.places()).map(kind) == ["document of 3"])
  }

  @Test func aMissingDropDirectoryIsNamed() async throws {
    let scene = try DropScene()
    let places = DropPlaces(
      directories: [Array(scene.path("gone").utf8)], minimumWords: 1, limits: scene.limits)
    let outcomes = await work([FileJob(key: key("a"))], places)
    // It says nothing about the file, which gets its record when the directory can be opened.
    guard case .failed(let errno) = outcomes[0].result else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(errno == ENOENT)
  }

  @Test func endingsAndContentTellHTML() async throws {
    let scene = try DropScene()
    let page = "<p class='lead story'>one two</p><script>var three = 3</script>"
    for name in ["a.html", "a.HTM", "a.txt"] { try scene.write(name, page) }
    let names = ["a.html", "a.HTM", "a.txt"]
    let outcomes = await work(names.map { FileJob(key: key($0)) }, scene.places())
    #expect(outcomes.prefix(2).map(kind) == ["document of 2", "document of 2"])
    #expect(kind(outcomes[2]) != "document of 2")
  }

  @Test(arguments: [false, true])
  func whatStoriesNeedIsMadeReadyWhereThereAreStories(hasStories: Bool) async throws {
    let scene = try DropScene()
    try scene.write("a", StoryTexts.events[0][0])
    let outcomes = await work(
      [FileJob(key: key("a"))], scene.places(), hasStories: hasStories)
    guard case .document(let document) = outcomes[0].result else {
      Issue.record("\(outcomes)")
      return
    }
    #expect((document.prepared.story != nil) == hasStories)
    #expect((document.fingerprint.wording != nil) == hasStories)
  }

  @Test func whatIsToBeForgottenIsNotRead() async throws {
    let scene = try DropScene()
    try scene.write("there", "one two three")
    let jobs = ["gone", "there"].map { FileJob(key: key($0), work: .forget) }
    let outcomes = await work(jobs, scene.places())
    // A file that is there again is no deletion.
    #expect(outcomes.map(kind) == ["gone", "unchanged"])
  }
}
