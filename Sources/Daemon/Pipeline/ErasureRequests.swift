// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Synchronization

/// Requests to forget documents that wait for the deciding task, which owns the collection.
final class ErasureRequests: Sendable {
  struct Request: Sendable {
    /// Numbers, in any order.
    let documents: [UInt32]
    let answer: @Sendable (ControlReply) -> Void
  }

  /// Who asks beyond that is told to wait.
  private static let limit = 4

  private let waiting = Mutex<[Request]>([])
  private let wake: @Sendable () -> Void

  /// - Parameter wake: called, from any task, when there is something to do.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// False when too many wait already.
  func ask(
    _ documents: [UInt32], answer: @escaping @Sendable (ControlReply) -> Void
  ) -> Bool {
    let isTaken = waiting.withLock { waiting in
      guard waiting.count < Self.limit else { return false }
      waiting.append(Request(documents: documents, answer: answer))
      return true
    }
    if isTaken { wake() }
    return isTaken
  }

  /// The one that has waited longest.
  func take() -> Request? { waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
