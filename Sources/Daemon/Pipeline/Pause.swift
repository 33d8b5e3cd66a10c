// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Dispatch
internal import Posix
internal import Synchronization

/// Waits as `Task.sleep` does, on a queue of its own.
///
/// `Task.sleep` goes through a global queue of Dispatch, which looks every second from then on, for
/// as long as the process lives, whether the threads of these queues get on: sixty wake-ups a
/// minute of a daemon that has nothing to do, and the end of a process that has no descriptor left
/// for it.
enum Pause {
  private static let queue = DispatchQueue(label: "pauses")

  /// - Throws: `CancellationError` at once when the task is cancelled.
  static func wait(for duration: Duration) async throws(CancellationError) {
    let waiter = Waiter()
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter.begin($0, duration) }
    } onCancel: {
      waiter.end()
    }
    if Task.isCancelled { throw CancellationError() }
  }

  /// Resumed once: by its timer, or before, when it is cancelled.
  private final class Waiter: Sendable {
    private enum State {
      case new
      case waiting(CheckedContinuation<Void, Never>, any DispatchSourceTimer)
      case over
    }

    private let state = Mutex(State.new)

    func begin(_ continuation: CheckedContinuation<Void, Never>, _ duration: Duration) {
      let isOver = state.withLock { state in
        if case .over = state { return true }
        let timer = DispatchSource.makeTimerSource(queue: Pause.queue)
        timer.setEventHandler { self.end() }
        timer.schedule(deadline: .now() + .nanoseconds(Int(duration.wholeNanoseconds)))
        timer.resume()
        state = .waiting(continuation, timer)
        return false
      }
      if isOver { continuation.resume() }
    }

    func end() {
      let old = state.withLock { state in
        defer { state = .over }
        return state
      }
      guard case .waiting(let continuation, let timer) = old else { return }
      timer.cancel()
      continuation.resume()
    }
  }
}
