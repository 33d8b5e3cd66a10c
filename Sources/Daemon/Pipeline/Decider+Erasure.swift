// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Posix
internal import StateStore

extension Decider {
  /// Forgets documents: what makes them go is written, and then all is brought back from the state
  /// as at a start, which takes a second and some more for each million documents. What arrives
  /// meanwhile waits.
  ///
  /// False when nothing can be written any more.
  mutating func erase(_ request: ErasureRequests.Request) async throws -> Bool {
    guard let report = try await erase(request.documents) else { return false }
    request.answer(ControlReply(erasure: report))
    return true
  }

  /// Forgets the documents of deleted files, not so often that it takes more than a twentieth of
  /// the time. False when nothing can be written any more.
  mutating func eraseDeleted() async throws -> Bool {
    let started = Clocks.monotonic()
    guard register.isErasureDue, started >= eraseAgain else { return true }
    guard try await erase([]) != nil else { return false }
    let now = Clocks.monotonic()
    eraseAgain = now + Self.erasurePause * (now - started)
    return true
  }

  /// Nil when nothing can be written any more.
  private mutating func erase(_ documents: [UInt32]) async throws -> ErasureReport? {
    guard await exchange.whenFree() else { return nil }
    handOver()
    guard await exchange.whenFree() else { return nil }
    handOver()
    var report = try register.erase(documents, time: Clocks.wall() / 1_000)
    if register.batch.erasure != nil {
      offer()
      guard await exchange.whenFree() else { return nil }
      let history = try StateHistory(loader.reader)
      let progress = progress
      register.restart(
        with: try await loader.load(history) { _ in progress.beat(now: Clocks.monotonic()) })
      FreedMemory.giveBack()
      progress.idle()
      report.isScrubbed = exchange.isScrubbed
    }
    return report
  }
}
