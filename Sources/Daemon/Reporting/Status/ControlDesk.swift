// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Inotify
internal import Synchronization

/// Knows the answers: what is asked on the socket, and by whom it is done.
///
/// Open from the start of the process, while the index is still being loaded.
final class ControlDesk: Sendable {
  /// Reloads that wait; who asks beyond that is told to wait.
  private static let reloadLimit = 8

  private struct State {
    var isClosed = false
    /// There once the daemon has been put together.
    var control: IntakeControl?
    var isReloadable = false
    var checks: CheckRequests?
    var erasures: ErasureRequests?
    var answers: [(UInt64, ControlReply)] = []
    var waiting = 0
  }

  private let composer: StatusComposer
  private let directories: Int
  private let wakeUp: WakeUp
  private let state = Mutex(State())
  private let asked: AsyncStream<UInt64>
  private let ask: AsyncStream<UInt64>.Continuation

  init(composer: StatusComposer, directories: Int, wakeUp: WakeUp) {
    self.composer = composer
    self.directories = directories
    self.wakeUp = wakeUp
    (asked, ask) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.reloadLimit))
  }

  /// From now on a scan can be asked for, a reload and a check.
  ///
  /// - Parameter control: nil where there is nothing to scan again (`--once`).
  func open(_ control: IntakeControl?, _ checks: CheckRequests, _ erasures: ErasureRequests) {
    state.withLock { state in
      state.control = control
      state.isReloadable = true
      state.checks = checks
      state.erasures = erasures
    }
  }

  func close() {
    state.withLock { $0.isClosed = true }
    ask.finish()
    wakeUp.signal()
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// The answer; nil when it comes with `takeAnswers`.
  func answer(_ request: ControlRequest, from connection: UInt64) -> ControlReply? {
    switch request {
    case .status: return ControlReply(status: composer.report())
    case .rescan:
      guard let control = state.withLock({ $0.control }) else { return notNow }
      control.ask { $0.rescan = true }
      return ControlReply(rescan: RescanReport(directories: directories))
    case .reload:
      let isTaken = state.withLock { state in
        guard state.isReloadable, state.waiting < Self.reloadLimit else { return false }
        state.waiting += 1
        return true
      }
      guard isTaken else { return notNow }
      ask.yield(connection)
      return nil
    }
  }

  /// The answer; nil when it comes with `takeAnswers`.
  func check(_ question: CheckQuestion, from connection: UInt64) -> ControlReply? {
    guard let checks = state.withLock({ $0.checks }) else { return notNow }
    let isTaken = checks.ask(question) { [self] in deliver($0, to: connection) }
    return isTaken ? nil : ControlReply(error: "too many checks wait; try again later")
  }

  /// The answer; nil when it comes with `takeAnswers`.
  func erase(_ question: ErasureQuestion, from connection: UInt64) -> ControlReply? {
    guard let erasures = state.withLock({ $0.erasures }) else { return notNow }
    let isTaken = erasures.ask(question.documents) { [self] in deliver($0, to: connection) }
    return isTaken ? nil : ControlReply(error: "too many requests wait; try again later")
  }

  private var notNow: ControlReply {
    ControlReply(error: "not while the daemon starts or runs with --once; try again later")
  }

  /// Does the reloads that are asked for, one after the other, until the desk is closed.
  func serveReloads(_ reload: @Sendable () async -> ReloadReport) async {
    for await connection in asked {
      let report = await reload()
      state.withLock { $0.waiting -= 1 }
      deliver(ControlReply(reload: report), to: connection)
    }
  }

  private func deliver(_ answer: ControlReply, to connection: UInt64) {
    state.withLock { $0.answers.append((connection, answer)) }
    wakeUp.signal()
  }

  func takeAnswers() -> [(UInt64, ControlReply)] {
    state.withLock { state in
      let taken = state.answers
      state.answers = []
      return taken
    }
  }
}
