// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A set of descriptors to wait for with poll(2).
///
/// `wait` blocks its thread: call it on a thread of its own, never on the cooperative pool.
package struct Readiness: Sendable {
  /// What to wait for, and what came; the last three come unasked.
  package struct Events: OptionSet, Sendable {
    package let rawValue: Int16

    package init(rawValue: Int16) {
      self.rawValue = rawValue
    }

    package static let readable = Events(rawValue: Int16(POLLIN))
    package static let writable = Events(rawValue: Int16(POLLOUT))
    /// POLLPRI: how /proc/self/mountinfo says that mounts changed (proc(5)).
    package static let urgent = Events(rawValue: Int16(POLLPRI))
    package static let error = Events(rawValue: Int16(POLLERR))
    package static let hangUp = Events(rawValue: Int16(POLLHUP))
    /// The number is not an open descriptor: a mistake in the caller's book-keeping.
    package static let invalid = Events(rawValue: Int16(POLLNVAL))
  }

  private var entries: [pollfd] = []

  package init() {}

  /// Adds a descriptor, or changes what it waits for. The set does not own it.
  package mutating func watch(_ descriptor: Int32, for events: Events) {
    let entry = pollfd(fd: descriptor, events: events.rawValue, revents: 0)
    if let index = entries.firstIndex(where: { $0.fd == descriptor }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// Waits until something is ready; returns how many are, 0 when the time is up.
  ///
  /// - Parameter timeout: nil waits for ever, zero only looks. A signal does not shorten it; it is
  ///   measured on CLOCK_MONOTONIC.
  @discardableResult
  package mutating func wait(timeout: Duration?) throws(InotifyError) -> Int {
    do {
      return try SystemCalls.pollUntilReady(&entries, timeout: timeout)
    } catch {
      throw .general("poll", nil, error)
    }
  }

  /// What the last wait found for a descriptor; empty when it is not ready or not in the set.
  package func events(of descriptor: Int32) -> Events {
    Events(rawValue: entries.first { $0.fd == descriptor }?.revents ?? 0)
  }
}
