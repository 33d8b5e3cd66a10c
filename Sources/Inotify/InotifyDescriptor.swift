// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Owns an inotify(7) instance; non-blocking, closed on exec, closed when the value goes.
package struct InotifyDescriptor: ~Copyable, Sendable {
  private let owned: OwnedDescriptor

  package init() throws(InotifyError) {
    do {
      owned = try SystemCalls.inotifyInit()
    } catch {
      throw .creating(error)
    }
  }

  /// For poll(2); readable when events wait.
  package var descriptor: Int32 { owned.number }

  /// Watches a file or directory; the same inode again gives the same watch with the new mask.
  ///
  /// - Parameter path: raw bytes without a NUL.
  package func addWatch(
    at path: [UInt8], _ mask: EventMask
  ) throws(InotifyError) -> WatchDescriptor {
    do {
      let number = try SystemCalls.inotifyAddWatch(owned, path, mask.rawValue)
      return WatchDescriptor(rawValue: number)
    } catch {
      throw .watching(path, error)
    }
  }

  /// Stops a watch; one that the kernel has already dropped is no error.
  package func removeWatch(_ watch: WatchDescriptor) {
    try? SystemCalls.inotifyRemoveWatch(owned, watch.rawValue)
  }

  /// Reads once and calls `body` for each event; false when there was nothing to read.
  ///
  /// `.malformedEvents` and any other error mean that events may be lost: scan again.
  package func readEvents(
    into buffer: inout EventBuffer, _ body: (InotifyEvent) -> Void
  ) throws(InotifyError) -> Bool {
    let count: Int
    do throws(SystemCalls.Failure) {
      count = try buffer.bytes.withUnsafeMutableBufferPointer {
        bytes throws(SystemCalls.Failure) in
        try SystemCalls.readSome(owned, into: UnsafeMutableRawBufferPointer(bytes))
      }
    } catch {
      if error.errno == EAGAIN { return false }
      throw .general("reading inotify events", nil, error)
    }
    try InotifyEventParser.parse(buffer.bytes.span.bytes.extracting(0..<count), body)
    return count > 0
  }
}
