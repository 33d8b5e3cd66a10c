// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization

/// Messages that nobody takes at the moment: the latest are kept, the others counted.
///
/// Whoever tells of something must never wait for who should read it, so a message is offered and,
/// when it is not taken, offered again with the next one. What was lost is told of before that.
package final class UnreadMessages: Sendable {
  /// What became of an offer.
  package enum Answer: Sendable, Equatable {
    case taken
    /// Nobody reads now; what is left of the message is to be offered again.
    case refused(rest: [UInt8])
    /// It will never be taken, errno(3).
    case failed(Int32)
  }

  /// More than a daemon says while it is mended, and no more memory than a page or two.
  package static let limit = 64

  private struct State {
    /// A message of which a part was taken: nothing may come between.
    var begun: [UInt8]?
    var waiting: [[UInt8]] = []
    var lost = 0
  }

  private let state = Mutex(State())
  private let offer: @Sendable ([UInt8]) -> Answer
  private let loss: @Sendable (Int) -> [UInt8]

  /// - Parameters:
  ///   - loss: the message that so many were lost.
  ///   - offer: hands a message on without waiting.
  package init(
    loss: @escaping @Sendable (Int) -> [UInt8], offer: @escaping @Sendable ([UInt8]) -> Answer
  ) {
    self.loss = loss
    self.offer = offer
  }

  /// Offers what waits and then this one. The errno(3) of a message that can never be taken.
  @discardableResult
  package func send(_ message: [UInt8]) -> Int32? {
    state.withLock { state in
      state.waiting.append(message)
      if state.waiting.count > Self.limit {
        state.waiting.removeFirst()
        state.lost += 1
      }
      return offerAll(&state)
    }
  }

  /// Tries for a while to be rid of what waits, before the process ends.
  package func flush(within patience: Duration) {
    let deadline = ContinuousClock.now + patience
    while true {
      let isEmpty = state.withLock { state in
        _ = offerAll(&state)
        return state.waiting.isEmpty && state.begun == nil
      }
      if isEmpty || ContinuousClock.now >= deadline { return }
      usleep(10_000)
    }
  }

  private func offerAll(_ state: inout State) -> Int32? {
    if let begun = state.begun {
      guard case .refused(let rest) = offer(begun) else {
        state.begun = nil
        return offerAll(&state)
      }
      state.begun = rest
      return nil
    }
    if state.lost > 0, !state.waiting.isEmpty {
      guard isDone(loss(state.lost), &state) else { return nil }
      state.lost = 0
    }
    var failure: Int32?
    while let next = state.waiting.first {
      state.waiting.removeFirst()
      switch offer(next) {
      case .taken: continue
      case .failed(let number): failure = number
      case .refused(let rest):
        if rest.count == next.count {
          state.waiting.insert(next, at: 0)
        } else {
          state.begun = rest
        }
        return nil
      }
    }
    return failure
  }

  /// Whether the note of what was lost need not be offered again.
  private func isDone(_ note: [UInt8], _ state: inout State) -> Bool {
    guard case .refused(let rest) = offer(note) else { return true }
    guard rest.count < note.count else { return false }
    state.begun = rest
    state.lost = 0
    return false
  }
}
