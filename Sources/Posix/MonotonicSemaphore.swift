// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A semaphore that is waited for by the monotonic clock.
///
/// That of Dispatch waits for a moment of the wall clock on Linux (sem_timedwait(3)): a clock that
/// is set forward ends the wait at once, one that is set back makes it last as much longer.
package final class MonotonicSemaphore: Sendable {
  private struct Parts {
    var mutex = pthread_mutex_t()
    var condition = pthread_cond_t()
    package var count = 0
  }

  /// Where the parts are, which must not move; as a number, since pointers are not Sendable.
  private let address: UInt

  package init() {
    let parts = UnsafeMutablePointer<Parts>.allocate(capacity: 1)
    parts.initialize(to: Parts())
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_mutex_init(&parts.pointee.mutex, nil)
    pthread_cond_init(&parts.pointee.condition, &attributes)
    pthread_condattr_destroy(&attributes)
    address = UInt(bitPattern: parts)
  }

  deinit {
    pthread_cond_destroy(&parts.pointee.condition)
    pthread_mutex_destroy(&parts.pointee.mutex)
    parts.deinitialize(count: 1)
    parts.deallocate()
  }

  private var parts: UnsafeMutablePointer<Parts> {
    guard let parts = UnsafeMutablePointer<Parts>(bitPattern: address) else {
      preconditionFailure("allocated memory has an address")
    }
    return parts
  }

  package func signal() {
    let parts = parts
    pthread_mutex_lock(&parts.pointee.mutex)
    parts.pointee.count += 1
    pthread_cond_signal(&parts.pointee.condition)
    pthread_mutex_unlock(&parts.pointee.mutex)
  }

  /// Waits for a signal that nobody else takes; false when none came in time.
  ///
  /// - Parameter timeout: nanoseconds, nil to wait for ever.
  @discardableResult
  package func wait(timeout: UInt64? = nil) -> Bool {
    let parts = parts
    let deadline = timeout.map(Self.deadline)
    pthread_mutex_lock(&parts.pointee.mutex)
    defer { pthread_mutex_unlock(&parts.pointee.mutex) }
    while parts.pointee.count == 0 {
      guard var limit = deadline else {
        pthread_cond_wait(&parts.pointee.condition, &parts.pointee.mutex)
        continue
      }
      let result = pthread_cond_timedwait(
        &parts.pointee.condition, &parts.pointee.mutex, &limit)
      if result == ETIMEDOUT, parts.pointee.count == 0 { return false }
    }
    parts.pointee.count -= 1
    return true
  }

  private static func deadline(_ timeout: UInt64) -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let (sum, isTooFar) = Int64(now.wholeNanoseconds)
      .addingReportingOverflow(Int64(clamping: timeout))
    let end = isTooFar ? Int64.max : sum
    return timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
  }
}
