// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import NearDuplicates
internal import Synchronization

/// Checks that wait for the deciding task, which owns the collection.
///
/// Bounded: while the disk is full nothing is decided, and whoever asked gives up and asks again.
final class CheckRequests: Sendable {
  struct Request: Sendable {
    let check: DocumentCheck
    let answer: @Sendable (ControlReply) -> Void
  }

  private struct State {
    var waiting: [Request] = []
    /// Those that wait and those that are being made ready.
    var places = 0
  }

  private let state = Mutex(State())
  private let limit: Int
  private let sampling: SketchSampling
  private let hasStories: Bool
  private let wake: @Sendable () -> Void

  /// - Parameters:
  ///   - limit: how many wait at most; as many as may ask at a time, so that nobody who still
  ///     waits keeps another from it.
  ///   - wake: called, from any task, when there is something to do.
  init(
    sampling: SketchSampling, hasStories: Bool, limit: Int = ControlServer.connectionLimit,
    wake: @escaping @Sendable () -> Void
  ) {
    self.sampling = sampling
    self.hasStories = hasStories
    self.limit = limit
    self.wake = wake
  }

  /// Takes a long text's time on the thread that calls it; false when too many wait already.
  func ask(
    _ question: CheckQuestion, answer: @escaping @Sendable (ControlReply) -> Void
  ) -> Bool {
    let isTaken = state.withLock { state in
      guard state.places < limit else { return false }
      state.places += 1
      return true
    }
    guard isTaken else { return false }
    let check = DocumentCheck(question, sampling: sampling, hasStories: hasStories)
    state.withLock { $0.waiting.append(Request(check: check, answer: answer)) }
    wake()
    return true
  }

  /// The one that has waited longest.
  ///
  /// One at a time: between two of them some of what has arrived is decided.
  func take() -> Request? {
    let (request, areMore) = state.withLock { state -> (Request?, Bool) in
      guard !state.waiting.isEmpty else { return (nil, false) }
      state.places -= 1
      return (state.waiting.removeFirst(), !state.waiting.isEmpty)
    }
    if areMore { wake() }
    return request
  }
}
