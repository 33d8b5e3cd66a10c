// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Synchronization

/// A handle that wakes the loop of one `WakeUpPipe`; copy it to whoever needs it.
///
/// The handles together own the writing end, so none writes to a descriptor that is closed or
/// that has come to mean something else.
package struct WakeUp: Sendable {
  private let end: WritingEnd

  init(writer: consuming OwnedDescriptor) {
    end = WritingEnd(writer)
  }

  /// Wakes the loop, any number of calls once.
  ///
  /// Async-signal-safe: one atomic exchange, at most one send(2).
  package func signal() {
    if end.pending.exchange(true, ordering: .acquiringAndReleasing) { return }
    // EAGAIN: bytes wait already. EPIPE: the loop has gone. Neither needs anything done.
    try? SystemCalls.sendByte(end.descriptor)
  }

  func rearm() {
    _ = end.pending.exchange(false, ordering: .acquiringAndReleasing)
  }

  private final class WritingEnd: Sendable {
    let descriptor: OwnedDescriptor
    /// A signal was sent and not yet drained; saves a system call per further signal.
    let pending = Atomic<Bool>(false)

    init(_ descriptor: consuming OwnedDescriptor) {
      self.descriptor = descriptor
    }
  }
}
