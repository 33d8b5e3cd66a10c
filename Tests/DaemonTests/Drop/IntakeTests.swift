// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import Logging
import NearDuplicates
import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import Posix
@testable import Settings

/// The steps of the intake's loop, one by one; the loop itself is for the end-to-end tests.
@Suite(.timeLimit(.minutes(10)))
struct IntakeTests {
  private static let settings = IntakeSettings(
    recursive: true, settle: 200_000_000, filter: NameFilter(include: ["*"], exclude: [".*"]),
    rescanInterval: 0, pollInterval: 1_000_000_000, alwaysPolls: false, forgetsDeleted: false)

  private func recorded(_ scene: DropScene) throws -> RecordedFiles {
    let store = try StateStore.open(
      directory: Array(scene.temporary.path("state").utf8),
      schemeVersion: FingerprintScheme.version)
    return RecordedFiles(
      reader: store.makeReader(), dropNumbers: [try store.dropNumber(of: Array(scene.path.utf8))])
  }

  private func makeIntake(
    _ scene: DropScene, _ pipeline: Pipeline, _ settings: IntakeSettings = settings
  ) throws -> Intake {
    let wakeUp = try WakeUpPipe()
    let control = IntakeControl(wakeUp: wakeUp.wakeUp)
    var quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    return Intake(
      places: scene.places(), settings: settings, wakeUp: wakeUp, pipeline: pipeline,
      control: control,
      recorded: try recorded(scene), board: StatusBoard(), logger: quiet)
  }

  /// As the loop does while nothing else is to be done: each call lists one directory at most.
  private func scan(_ intake: inout Intake) {
    intake.startDueScans(now: Clocks.monotonic())
    for _ in 0..<4 { intake.stepScans() }
  }

  @Test func aScanBeginsAtTheStartAndEndsWithNothingDue() async throws {
    let scene = try DropScene()
    for name in ["a", "d/b", ".hidden"] { try scene.write(name) }
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    let atStart = intake.timeout()
    #expect(atStart == .zero)
    scan(&intake)
    let jobs = await pipeline.takeJobs(upTo: 8)
    #expect(jobs.map(\.job.key.path) == [Array("a".utf8), Array("d/b".utf8)])
    #expect(jobs.allSatisfy { $0.job.mayBeOpen && $0.job.mayBeRecorded })
    let (watches, atEnd) = (intake.watches.count, intake.timeout())
    #expect(watches == 2)
    // All that is due is the look whether the name still leads there.
    #expect((atEnd ?? .zero) > .seconds(1))
    intake.watches.checkInvariants()
  }

  /// It would use a whole processor for as long as a backlog lasts.
  @Test func sleepsWhileThePipelineIsFullInTheMiddleOfAScan() throws {
    let scene = try DropScene()
    for number in 0..<10 { try scene.write("f\(number)") }
    let pipeline = Pipeline(limit: 3, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    scan(&intake)
    let (isScanning, timeout) = (intake.isScanning, intake.timeout())
    #expect(isScanning)
    #expect(!pipeline.hasRoom)
    #expect((timeout ?? .zero) > .seconds(1))
  }

  @Test func sleepsWhileTooManyFilesWaitToSettle() throws {
    let scene = try DropScene()
    for number in 0..<3 { try scene.write("f\(number)") }
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    let now = Clocks.monotonic()
    for number in 0..<Intake.settlingLimit {
      let name = Array("w\(number)".utf8)
      intake.settling.note(
        DroppedFile(drop: 0, path: name), .written, now: now + 3_600_000_000_000)
    }
    scan(&intake)
    let timeout = intake.timeout()
    #expect(pipeline.load.documents == 0)
    #expect((timeout ?? .zero) > .seconds(1))
  }

  @Test func whatAnEventToldOfIsLeftToItByAScan() async throws {
    let scene = try DropScene()
    for name in ["a", "b"] { try scene.write(name) }
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    let key = DroppedFile(drop: 0, path: Array("a".utf8))
    intake.settling.note(key, .written, now: Clocks.monotonic())
    scan(&intake)
    #expect(await pipeline.takeJobs(upTo: 8).map(\.job.key.path) == [Array("b".utf8)])
  }

  @Test func whatComesWhileADirectoryIsListedIsTakenInTheOrderOfItsEvents() async throws {
    let scene = try DropScene()
    for name in ["a", "b", "c"] { try scene.write(name) }
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    intake.startDueScans(now: Clocks.monotonic())
    intake.stepScans()
    let submitted = pipeline.load.documents
    #expect(submitted == 0)
    for name in ["c", "b"] {
      let key = DroppedFile(drop: 0, path: Array(name.utf8))
      intake.settling.note(key, .movedIn, now: Clocks.monotonic())
    }
    intake.stepScans()
    #expect(await pipeline.takeJobs(upTo: 8).map(\.job.key.path) == [Array("a".utf8)])
  }

  /// The worker would look for it in the next directory, and tell of it as vanished.
  @Test func aFileOfADirectoryThatWasReplacedIsNotLookedForInTheNext() async throws {
    let scene = try DropScene()
    let pipeline = Pipeline(limit: 8, byteLimit: 100, roomAgain: {})
    var intake = try makeIntake(scene, pipeline)
    intake.begin()
    for name in ["only before", "in both"] {
      let key = DroppedFile(drop: 0, path: Array(name.utf8))
      intake.settling.note(key, .written, now: Clocks.monotonic())
    }
    try FileSystem.rename(scene.path, to: scene.path + ".away")
    try FileSystem.makeDirectory(scene.path)
    try scene.write("in both")
    intake.verify(0)
    let waiting = intake.settling.count
    try #require(waiting == 0)
    intake.settling.checkInvariants()
    scan(&intake)
    #expect(await pipeline.takeJobs(upTo: 8).map(\.job.key.path) == [Array("in both".utf8)])
  }

  @Test(arguments: [("d", 0), ("new", 1), (".git", 0)])
  func aDirectoryThatWasNotWatchedIsLookedAtWhenItsPermissionsChange(
    name: String, scans: Int
  ) throws {
    let scene = try DropScene()
    try scene.write("d/a")
    var intake = try makeIntake(scene, Pipeline(limit: 8, byteLimit: 100, roomAgain: {}))
    intake.begin()
    scan(&intake)
    let watches = intake.watches
    let watch = try #require(
      (1..<9).map { WatchDescriptor(rawValue: $0) }.first { watches[$0]?.path == [] })
    intake.handle(
      InotifyEvent(
        watch: watch, mask: [.attributes, .isDirectory], cookie: 0, name: Array(name.utf8)))
    let found = intake.subtrees.count
    #expect(found == scans)
  }

  /// After a reload the intake watches and waits for what it would had it begun with the new
  /// settings, whatever the old ones were.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func newSettingsLeaveNothingOfTheOld(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let scene = try DropScene()
    let names = ["a", "b", "c"]
    for _ in 0..<40 {
      let depth = Int.random(in: 0...2, using: &random)
      let path = (0...depth).map { _ in names.randomElement(using: &random)! + "x" }
      try scene.write((path.dropLast() + ["f" + path[depth]]).joined(separator: "/"))
    }
    func settings() -> IntakeSettings {
      var settings = Self.settings
      let excluded = names.filter { _ in Bool.random(using: &random) }
      settings.filter = NameFilter(
        include: Bool.random(using: &random) ? ["*"] : ["*a*", "*b*"],
        exclude: try! excluded.map { try GlobPattern("*\($0)*") })
      settings.settle = [0, 1_000_000, 3_600_000_000_000].randomElement(using: &random)!
      return settings
    }
    let (old, new) = (settings(), settings())
    func watched(_ settings: IntakeSettings, reloadedFrom old: IntakeSettings?) throws -> [String] {
      let pipeline = Pipeline(limit: 4_096, byteLimit: 100, roomAgain: {})
      var intake = try makeIntake(scene, pipeline, old ?? settings)
      intake.begin()
      for _ in 0..<20 { scan(&intake) }
      if old != nil {
        for name in ["ax/fa", "bx/fb", "cx/fc", "fa"] {
          intake.settling.note(
            DroppedFile(drop: 0, path: Array(name.utf8)), .closed, now: Clocks.monotonic())
        }
        intake.apply(settings, now: Clocks.monotonic())
        let deadline = intake.settling.nextDeadline
        #expect((deadline ?? 0) <= Clocks.monotonic() + settings.settle)
        for _ in 0..<20 {
          intake.roots[0].earliestScan = 0
          scan(&intake)
        }
      }
      intake.watches.checkInvariants()
      intake.settling.checkInvariants()
      let watches = intake.watches
      return (0..<200).compactMap { watches[WatchDescriptor(rawValue: $0)] }
        .map { String(decoding: $0.path, as: UTF8.self) }.sorted()
    }
    #expect(try watched(new, reloadedFrom: old) == watched(new, reloadedFrom: nil))
  }

  @Test func aNewDirectoryThatCannotBeWatchedMakesItsDropDirectoryAPolledOne() throws {
    let scene = try DropScene()
    var intake = try makeIntake(scene, Pipeline(limit: 8, byteLimit: 100, roomAgain: {}))
    intake.begin()
    scan(&intake)
    let before = intake.roots[0].nextScan
    #expect(before == nil)
    // As after ENOSPC of inotify_add_watch(2) in the middle of the scan of a new directory.
    intake.roots[0].watchFailure = "the limit of watches"
    intake.subtrees.append(
      DirectoryScanner(drop: 0, directory: Array("missing".utf8), recursive: true))
    intake.stepScans()
    let (mode, next) = (intake.roots[0].mode, intake.roots[0].nextScan)
    #expect(mode == .polling(reason: "the limit of watches"))
    #expect(next != nil)
  }

  @Test("scans of very many files take no more than a twentieth of a core")
  func pauses() {
    let minute: UInt64 = 60_000_000_000
    #expect(Intake.pause(after: 300_000, interval: 5 * minute) == 5 * minute)
    #expect(Intake.pause(after: 10_000_000, interval: 5 * minute) > 60 * minute)
    #expect(Intake.pause(after: 10_000_000, interval: 0) == 0)
  }
}
