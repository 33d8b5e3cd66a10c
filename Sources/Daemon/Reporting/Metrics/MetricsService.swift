// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import Posix
internal import ServiceLifecycle
internal import Settings

/// Writes the measurements for node_exporter: when something changed, but not too often, and at
/// the end. An idle daemon writes nothing and wakes nobody.
struct MetricsService: Service {
  /// The least time between two writes; collectors look every fifteen seconds or so.
  static let interval = Duration.seconds(5)

  let metrics: DaemonMetrics
  let target: MetricsTarget
  let board: StatusBoard
  let load: @Sendable () -> Pipeline.Load
  let logger: Logger
  var interval = MetricsService.interval
  private let calls = PatientCalls()

  func run() async throws {
    // The file's directory may be slow: not on the threads of the others.
    await withTaskExecutorPreference(BlockingExecutor()) {
      await cancelWhenGracefulShutdown {
        for await _ in board.signals {
          write()
          do { try await Pause.wait(for: interval) } catch { return }
        }
      }
      write()
    }
  }

  /// Tells of a failure once, until a write succeeds again.
  func write() {
    let (settings, abandoned) = target.take()
    let path = settings.textfile
    let text = path.map { _ in Array(metrics.text(board.now, load: load(), as: settings).utf8) }
    // A collector's directory on a server that does not answer must not keep the daemon from
    // ending.
    let failure = calls.call(0) { _ in Self.write(text, to: path, abandoned) } ?? .hanging
    guard let path, let failure else {
      if target.isNews(failed: false) {
        logger.notice("the measurements are written again")
      }
      return
    }
    guard target.isNews(failed: true) else { return }
    logger.warning(
      "the measurements cannot be written: tried again when something changes",
      metadata: ["neardupd.path": .string(path), "neardupd.error": .string(failure.text)])
  }

  /// What went wrong; nil when nothing did.
  private static func write(_ text: [UInt8]?, to path: String?, _ abandoned: [String]) -> Errno? {
    for old in abandoned { try? FileSystemCalls.remove(Array(old.utf8)) }
    guard let path, let text else { return nil }
    do throws(Errno) {
      try FileSystemCalls.replaceFile(Array(path.utf8), with: text, mode: 0o644)
      return nil
    } catch {
      return error
    }
  }
}
