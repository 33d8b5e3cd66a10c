// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Synchronization

/// What other tasks ask of the intake; asking wakes it.
final class IntakeControl: Sendable {
  struct Requests {
    var stop = false
    var rescan = false
    var settings: IntakeSettings?
    /// Drop directories to be scanned again.
    var rescans: Set<Int> = []
    /// Files that a worker found open or changing.
    var putOff: [PutOff] = []
  }

  struct PutOff {
    var key: DroppedFile
    /// How often in a row.
    var attempts: Int
    /// How it was found, where only time tells whether it is complete.
    var seen: SeenFile?
    /// When another look is worth it, in nanoseconds; nil to wait twice as long as the last time.
    var wait: UInt64?
  }

  private let requests = Mutex(Requests())
  private let wakeUp: WakeUp

  init(wakeUp: WakeUp) { self.wakeUp = wakeUp }

  func ask(_ change: (inout Requests) -> Void) {
    requests.withLock { change(&$0) }
    wakeUp.signal()
  }

  /// Wakes the intake without a request: the pipeline has room again.
  func wake() { wakeUp.signal() }

  func take() -> Requests {
    requests.withLock { requests in
      let taken = requests
      requests = Requests(stop: taken.stop)
      return taken
    }
  }
}
