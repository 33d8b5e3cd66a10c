// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Hands batches from the deciding task to the committing one: at most one is being written.
///
/// While it is, the next one is decided, and grows until its turn comes or it is full.
final class BatchExchange: Sendable {
  /// What the committing task is to do next.
  enum Work: Sendable {
    case write(DecidedBatch)
    /// The cluster log may have been renamed away.
    case reopenLog
    /// It may be time to sync the log.
    case attend
    /// The state may have been deleted or moved.
    case lookAtState
    /// There will be no more.
    case finish
  }

  private struct State {
    var offered: DecidedBatch?
    /// From the offer until the batch is on the disk.
    var isBusy = false
    /// Documents decided and not on the disk.
    var undurable = 0
    /// Whether nothing is left on the disk of what the last batches erased.
    var isScrubbed = true
    var isReopeningAsked = false
    var isAttentionAsked = false
    var isLookAsked = false
    var isFinished = false
    /// The committing task ended: nothing is written any more.
    var isAbandoned = false
    var writer: CheckedContinuation<Void, Never>?
    var decider: CheckedContinuation<Void, Never>?

    var hasWork: Bool {
      offered != nil || isReopeningAsked || isAttentionAsked || isLookAsked || isFinished
    }
  }

  private let state = Mutex(State())
  /// Called when a batch is on the disk, by the committing task.
  private let didWrite: @Sendable () -> Void

  init(didWrite: @escaping @Sendable () -> Void) { self.didWrite = didWrite }

  /// Whether a batch would be taken at once: the one before is on the disk.
  var isFree: Bool { state.withLock { !$0.isBusy } }

  /// Whether nothing is left on the disk of what the last batches erased.
  var isScrubbed: Bool { state.withLock { $0.isScrubbed } }

  /// Files whose outcomes are decided and not yet on the disk.
  var undurable: Int { state.withLock { $0.undurable } }

  // MARK: The deciding task

  /// The outcomes of so many files are decided; counted until their batch is on the disk.
  func didDecide(_ files: Int) { state.withLock { $0.undurable += files } }

  /// Hands a batch over. The one before must be on the disk.
  func offer(_ batch: DecidedBatch) {
    let writer = state.withLock { state in
      precondition(!state.isBusy, "one batch at a time")
      state.offered = batch
      state.isBusy = true
      return state.writer.take()
    }
    writer?.resume()
  }

  /// Waits until the last batch is on the disk; false when nothing will be written any more.
  func whenFree() async -> Bool {
    await withCheckedContinuation { continuation in
      let resumesNow = state.withLock { state in
        if !state.isBusy || state.isAbandoned { return true }
        state.decider = continuation
        return false
      }
      if resumesNow { continuation.resume() }
    }
    return state.withLock { !$0.isAbandoned }
  }

  /// There will be no more batches.
  func finish() {
    ask { $0.isFinished = true }
  }

  // MARK: The committing task

  /// Whether there is something to be done.
  var hasWork: Bool { state.withLock { $0.hasWork } }

  /// What is to be done next; waits for it.
  func next() async -> Work {
    while true {
      if let work = ready() { return work }
      await withCheckedContinuation { continuation in
        let resumesNow = state.withLock { state in
          if state.hasWork { return true }
          state.writer = continuation
          return false
        }
        if resumesNow { continuation.resume() }
      }
    }
  }

  private func ready() -> Work? {
    state.withLock { state in
      if state.isReopeningAsked {
        state.isReopeningAsked = false
        return .reopenLog
      }
      if let batch = state.offered.take() { return .write(batch) }
      if state.isAttentionAsked {
        state.isAttentionAsked = false
        return .attend
      }
      if state.isLookAsked {
        state.isLookAsked = false
        return .lookAtState
      }
      return state.isFinished ? .finish : nil
    }
  }

  /// The batch is on the disk; the next one may come.
  func written(_ files: Int) {
    let decider = state.withLock { state in
      state.isBusy = false
      state.undurable -= files
      return state.decider.take()
    }
    decider?.resume()
    didWrite()
  }

  /// Something was erased: whether all that is left of it is gone from the disk, too.
  func noteErasure(isScrubbed: Bool) { state.withLock { $0.isScrubbed = isScrubbed } }

  /// The committing task ended, whatever is left: nobody may wait for it.
  func abandon() {
    let decider = state.withLock { state in
      state.isAbandoned = true
      return state.decider.take()
    }
    decider?.resume()
  }

  // MARK: Others

  func askToReopenLog() { ask { $0.isReopeningAsked = true } }

  /// Makes the committing task look at the clock.
  func askForAttention() { ask { $0.isAttentionAsked = true } }

  /// Makes the committing task see whether the state is where it was.
  func askToLookAtState() { ask { $0.isLookAsked = true } }

  private func ask(_ change: (inout State) -> Void) {
    let writer = state.withLock { state in
      change(&state)
      return state.writer.take()
    }
    writer?.resume()
  }
}
