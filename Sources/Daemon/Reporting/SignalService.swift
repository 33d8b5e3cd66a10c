// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// SIGTERM and SIGINT stop the daemon that has its index, a second one at once; SIGHUP reloads.
struct SignalService: Service {
  /// SIGHUP, trapped before the start began, so that it cannot end the daemon.
  let hangups: UnixSignalsSequence
  /// SIGTERM and SIGINT, trapped before anything is taken in.
  let stops: UnixSignalsSequence
  let stop: @Sendable () -> Void
  let reload: @Sendable () async -> Void

  func run() async throws {
    await withTaskGroup(of: Void.self) { tasks in
      // On a thread of its own: a configuration on a server that does not answer must not keep the
      // signals that stop the daemon from being heard.
      tasks.addTask(executorPreference: BlockingExecutor()) {
        await cancelWhenGracefulShutdown {
          for await _ in hangups { await reload() }
        }
      }
      // The group ends this service last, so that a second signal finds it during the shutdown.
      await cancelWhenGracefulShutdown {
        var isStopping = false
        for await signal in stops {
          if isStopping { Self.dieOf(signal == .sigint ? SIGINT : SIGTERM) }
          isStopping = true
          stop()
        }
      }
    }
  }

  /// Ends as the signal would have ended a process that does not handle it.
  private static func dieOf(_ number: Int32) {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    sigprocmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), number)
    _exit(128 + number)
  }
}
