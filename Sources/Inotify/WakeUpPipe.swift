// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Lets other tasks, threads and signal handlers wake a loop that sits in poll(2).
///
/// Put `readDescriptor` into the poll set; when it is readable, `drain()`, and only then look at
/// whatever the wakers changed. A wake-up between the look and the next wait is not lost.
package struct WakeUpPipe: ~Copyable, Sendable {
  private let reader: OwnedDescriptor
  /// For those who wake; it may outlive the pipe, signals then do nothing.
  package let wakeUp: WakeUp

  package init() throws(InotifyError) {
    do {
      let (reader, writer) = try SystemCalls.socketPair()
      self.reader = OwnedDescriptor(reader)
      wakeUp = WakeUp(writer: OwnedDescriptor(writer))
    } catch {
      throw .general("making a wake-up pipe", nil, error)
    }
  }

  package var readDescriptor: Int32 { reader.number }

  /// Takes the wake-ups that came.
  package func drain() {
    var sink: UInt64 = 0
    // Another writer may add a byte while this reads; that one only wakes the loop once more.
    _ = withUnsafeMutableBytes(of: &sink) { bytes in
      try? SystemCalls.readSome(reader, into: bytes)
    }
    // After the read: the other way round, a signal in between would lose its byte and leave the
    // flag set, and nobody would ever wake the loop again.
    wakeUp.rearm()
  }
}
