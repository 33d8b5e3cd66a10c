// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Logging
internal import Posix
internal import ServiceLifecycle
internal import Systemd

/// Tells systemd and the journal what goes on: STATUS= on change, a summary now and then.
///
/// Sleeps as long as nothing changes, so that an idle daemon wakes nobody.
struct StatusReporter: Service {
  /// STATUS= is sent at most twenty times a second.
  private static let pause = Duration.milliseconds(50)

  let board: StatusBoard
  let notifier: ServiceNotifier
  let logger: Logger
  /// What a run to the end did is on its progress line; a daemon tells it in summaries.
  let tellsSummaries: Bool

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var summary = ProcessedSummary()
      await withDiscardingTaskGroup { tasks in
        await report(&summary, &tasks)
        tasks.cancelAll()
      }
      // What was done since the last summary would otherwise never be told.
      if tellsSummaries, let last = summary.untold(board.now.totals) { tell(last, board.now) }
    }
  }

  private func report(
    _ summary: inout ProcessedSummary, _ tasks: inout DiscardingTaskGroup
  ) async {
    var text = StatusText()
    var toldOfFailure = false
    for await _ in board.signals {
      let status = board.now
      let now = Clocks.monotonic()
      if status.phase == .running || status.phase == .stopping {
        let outcome = notifier.status(text.line(status, now: now))
        if case .failed(let errno) = outcome, !toldOfFailure {
          toldOfFailure = true
          logger.warning(
            "systemd did not take a notification", metadata: ["neardupd.errno": "\(errno)"])
        }
        if notifier.hasUntold { announceLater(&tasks) }
        consider(&summary, status, now: now, &tasks)
      }
      do { try await Pause.wait(for: Self.pause) } catch { return }
    }
  }

  /// Nothing else may change for long, and the manager waits for READY=1 perhaps.
  private func announceLater(_ tasks: inout DiscardingTaskGroup) {
    let board = board
    tasks.addTask {
      do { try await Pause.wait(for: .seconds(1)) } catch { return }
      board.announce()
    }
  }

  private func consider(
    _ summary: inout ProcessedSummary, _ status: DaemonStatus, now: UInt64,
    _ tasks: inout DiscardingTaskGroup
  ) {
    guard tellsSummaries else { return }
    switch summary.consider(status, now: now) {
    case .nothing: break
    case .tell(let difference): tell(difference, status)
    case .askAgain(let delay):
      let board = board
      tasks.addTask {
        do { try await Pause.wait(for: .nanoseconds(delay)) } catch { return }
        board.announce()
      }
    }
  }

  private func tell(_ difference: ProcessedSummary.Difference, _ status: DaemonStatus) {
    var metadata: Logger.Metadata = MessageIdentifier.summary.with([
      "neardupd.assigned": "\(difference.assigned)",
      "neardupd.skipped": "\(difference.skipped)",
      "neardupd.documents": "\(status.totals.documents)",
      "neardupd.clusters": "\(status.totals.clusters)",
      "neardupd.remaining": "\(status.remaining)",
    ])
    if let stories = status.totals.stories { metadata["neardupd.stories"] = "\(stories)" }
    logger.info("documents processed", metadata: metadata)
    for kind in difference.kinds { warn(of: kind) }
  }

  private func warn(of kind: SkippedFiles.Kind) {
    let (file, member) = MemberPath.split(kind.example)
    var metadata: Logger.Metadata = MessageIdentifier.documentSkipped.with([
      "neardupd.reason": .string(kind.reason.rawValue), "neardupd.files": "\(kind.files)",
      "neardupd.path": .bytes(Array(file)),
    ])
    if let member { metadata["neardupd.member"] = .bytes(member) }
    logger.warning("files were skipped", metadata: metadata)
  }
}
