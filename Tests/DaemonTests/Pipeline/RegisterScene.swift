// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import NearDuplicates
import StateStore
import TestSupport

@testable import Daemon
@testable import Settings

/// A real state in a directory of one test, and the outcomes that workers would hand in.
///
/// The functions marked as factories are all that knows how register and collection are made.
struct RegisterScene {
  /// When the first outcome comes, in microseconds since the epoch.
  static let start: Int64 = 1_700_000_000_000_000

  let temporary: TemporaryDirectory
  private let news = PseudoNews(seed: 3)
  /// Microseconds; nil for no stories.
  var storyWindow: Int64?
  var storyClock = StoryClock.arrival
  /// Microseconds between two outcomes.
  var step: Int64 = 0
  /// How much is kept.
  var limits = RetentionLimits()

  init(storyWindow: Int64? = nil, step: Int64 = 0) throws {
    temporary = try TemporaryDirectory()
    self.storyWindow = storyWindow
    self.step = step
  }

  // MARK: Factories

  func openStore() throws -> StateStore {
    try StateStore.open(
      directory: Array(temporary.path("state").utf8), schemeVersion: FingerprintScheme.version)
  }

  func makeRegister(_ store: StateStore, drops: [String] = ["/drop"]) throws -> DocumentRegister {
    let names = drops.map { Array($0.utf8) }
    let reader = store.makeReader()
    let files = RecordedFiles(
      reader: reader, dropNumbers: try names.map { try store.dropNumber(of: $0) },
      names: try RecordedNames(reader))
    let history = try StateHistory(reader)
    let storyClock = storyClock
    return DocumentRegister(
      restored: try RestoredCollection(history, files, limits: limits) { _ in },
      stories: try storyWindow.map {
        try RestoredStories(history, files, StorySettings(window: $0, clock: storyClock)) { _ in }
      },
      nextSequence: store.nextSequence, recorded: files, dropNames: drops.count > 1 ? names : nil)
  }

  // MARK: Outcomes

  func article(_ number: Int) -> String { news.article(number) }

  func copy(of number: Int, lost: Int = 5) -> String { news.copy(of: number, lost: lost) }

  func document(
    _ path: String, _ text: String, drop: Int = 0, stamp: Int64 = 1, inode: UInt64 = 1,
    published: String? = nil
  ) -> FileOutcome {
    var fingerprinter = Fingerprinter(keepsWording: true)
    var gathering = TermGathering()
    let bytes = Array(text.utf8)
    let found = bytes.withUnsafeBytes { fingerprinter.fingerprint($0) }
    guard case .document(let fingerprint) = found else { preconditionFailure("not a text") }
    return FileOutcome(
      key: DroppedFile(drop: drop, path: Array(path.utf8)),
      identity: identity(bytes.count, stamp, inode),
      result: .document(
        ReadDocument(
          digest: digest(bytes), prepared: PreparedDocument(fingerprint, &gathering),
          description: SelfDescription(published: published))),
      attempts: 0)
  }

  func skipped(
    _ path: String, _ reason: SkipReason, stamp: Int64? = 1, changed: Int64 = 1
  ) -> FileOutcome {
    FileOutcome(
      key: DroppedFile(drop: 0, path: Array(path.utf8)),
      identity: stamp.map {
        FileIdentity(device: 1, inode: 1, size: 9, modified: $0, changed: changed)
      },
      result: .skipped(reason, detail: "why"), attempts: 0)
  }

  private func identity(_ size: Int, _ stamp: Int64, _ inode: UInt64) -> FileIdentity {
    FileIdentity(device: 1, inode: inode, size: Int64(size), modified: stamp, changed: stamp)
  }

  /// 32 bytes that differ when the texts do; the register compares them and no more.
  private func digest(_ bytes: [UInt8]) -> [UInt8] {
    var seed: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { seed = (seed ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    var random = SeededGenerator(seed: seed)
    return (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  // MARK: Running

  /// Registers and commits in batches of `size`, each while the next one is being registered;
  /// answers all lines.
  ///
  /// - Parameter first: which of all outcomes the first of these is.
  @discardableResult
  func run(
    _ outcomes: [FileOutcome], on store: StateStore, batch size: Int = 1, from first: Int = 0,
    drops: [String] = ["/drop"]
  ) throws -> [ClusterLogLine] {
    var register = try makeRegister(store, drops: drops)
    var lines: [UInt8] = []
    var beingWritten = StateBatch()
    for start in stride(from: 0, to: outcomes.count, by: size) {
      for place in start..<min(start + size, outcomes.count) {
        let time = Self.start + Int64(first + place) * step
        try register.register(outcomes[place], time: time)
      }
      if !beingWritten.isEmpty { try store.commit(beingWritten) }
      beingWritten = register.turn()
      lines += beingWritten.lines
    }
    if !beingWritten.isEmpty { try store.commit(beingWritten) }
    return try lines.split(separator: UInt8(ascii: "\n")).map { try ClusterLogLine(parsing: $0) }
  }
}
