// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import Synchronization

/// Checks that wait for the deciding task, which owns the collection.
///
/// No bound of its own: there is one for each connection at most.
final class CheckRequests: Sendable {
  struct Request: Sendable {
    let check: DocumentCheck
    let answer: @Sendable (ControlReply) -> Void
  }

  private let waiting = Mutex<[Request]>([])
  private let sampling: SketchSampling
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called, from any task, when there is something to do.
  init(sampling: SketchSampling, wake: @escaping @Sendable () -> Void) {
    self.sampling = sampling
    self.wake = wake
  }

  /// Takes a long text's time on the thread that calls it.
  func ask(_ question: CheckQuestion, answer: @escaping @Sendable (ControlReply) -> Void) {
    let check = DocumentCheck(question, sampling: sampling)
    waiting.withLock { $0.append(Request(check: check, answer: answer)) }
    wake()
  }

  /// The one that has waited longest.
  ///
  /// One at a time: between two of them some of what has arrived is decided.
  func take() -> Request? {
    let (request, areMore) = waiting.withLock { waiting in
      (waiting.isEmpty ? nil : waiting.removeFirst(), waiting.count > 0)
    }
    if areMore { wake() }
    return request
  }
}
