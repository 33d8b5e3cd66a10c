// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import ServiceLifecycle
internal import Systemd

/// Tells systemd and the journal what goes on: STATUS= on change, a summary now and then.
///
/// Sleeps as long as nothing changes, so that an idle daemon wakes nobody.
struct StatusReporter: Service {
  /// STATUS= is sent at most twenty times a second.
  private static let pause = Duration.milliseconds(50)
  /// A summary in the journal at most once a minute.
  private static let summaryInterval: UInt64 = 60_000_000_000

  let board: StatusBoard
  let notifier: ServiceNotifier
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var text = StatusText()
      var summary = Summary()
      for await _ in board.signals {
        let status = board.now
        let now = Clocks.monotonic()
        if status.phase == .running {
          if case .failed(let errno) = notifier.status(text.line(status, now: now)) {
            summary.notificationFailed(errno, logger)
          }
          summary.consider(status, now: now, interval: Self.summaryInterval, logger)
        }
        do { try await Task.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// What the journal was told last.
  private struct Summary {
    private var told = DaemonStatus.Totals()
    private var lastTime: UInt64 = 0
    private var toldOfFailure = false

    mutating func notificationFailed(_ errno: Int32, _ logger: Logger) {
      if toldOfFailure { return }
      toldOfFailure = true
      logger.warning(
        "systemd did not take a notification", metadata: ["neardupd.errno": "\(errno)"])
    }

    mutating func consider(
      _ status: DaemonStatus, now: UInt64, interval: UInt64, _ logger: Logger
    ) {
      let totals = status.totals
      guard totals.processed != told.processed else { return }
      // At once when the work is done, else once in a while.
      guard now - lastTime >= interval || (status.remaining == 0 && lastTime == 0) else { return }
      logger.info(
        "documents processed", metadata: metadata(totals, status.remaining))
      told = totals
      lastTime = now
    }

    private func metadata(
      _ totals: DaemonStatus.Totals, _ remaining: Int
    ) -> Logger.Metadata {
      var metadata: Logger.Metadata = MessageIdentifier.summary.with([
        "neardupd.assigned": "\(totals.assigned - told.assigned)",
        "neardupd.skipped": "\(totals.skipped - told.skipped)",
        "neardupd.documents": "\(totals.documents)",
        "neardupd.clusters": "\(totals.clusters)",
        "neardupd.remaining": "\(remaining)",
      ])
      if let stories = totals.stories { metadata["neardupd.stories"] = "\(stories)" }
      return metadata
    }
  }
}
