// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation
import Glibc
import Synchronization

/// A service manager's end of the sd_notify(3) protocol: the socket NOTIFY_SOCKET names.
///
/// A thread collects, because the kernel keeps only some ten datagrams and then stops the sender.
/// It ends when the object goes, through the write end of a pipe.
package final class NotifySocket: Sendable {
  package let path: String
  private let inbox = Inbox()
  private let stopper: Int32

  /// Messages so far and the bell that rings at each; shared with the thread.
  private final class Inbox: Sendable {
    let messages = Mutex<[NotifyMessage]>([])
    let bell = NSCondition()
  }

  package init(at path: String) throws {
    self.path = path
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw SystemCallFailure("socket", path) }
    try UnixAddress(path).bind(socket)
    let ends = try ClosedOnExec.pipe()
    stopper = ends.write
    Thread.detachNewThread { [inbox] in
      Self.collect(from: socket, until: ends.read, into: inbox)
    }
  }

  deinit {
    close(stopper)
  }

  package var messages: [NotifyMessage] { inbox.messages.withLock { $0 } }

  /// Waits until the messages from number `start` on contain one that fits, and answers it and
  /// the number after it.
  package func waitForMessage(
    _ awaited: String, after start: Int = 0, within seconds: Double,
    _ fits: (NotifyMessage) -> Bool
  ) throws -> (message: NotifyMessage, next: Int) {
    let deadline = Date(timeIntervalSinceNow: seconds)
    inbox.bell.lock()
    defer { inbox.bell.unlock() }
    var next = start
    while true {
      let all = messages
      while next < all.count {
        next += 1
        if fits(all[next - 1]) { return (all[next - 1], next) }
      }
      if !inbox.bell.wait(until: deadline) {
        throw Overdue(awaited, seconds, found: all.suffix(12).description)
      }
    }
  }

  private static func collect(from socket: Int32, until stop: Int32, into inbox: Inbox) {
    var watched = [
      pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 8192)
    while poll(&watched, 2, -1) >= 0 || errno == EINTR {
      if watched[0].revents != 0 {
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count >= 0 else { break }
        let message = NotifyMessage(String(decoding: buffer[..<count], as: UTF8.self))
        inbox.bell.lock()
        inbox.messages.withLock { $0.append(message) }
        inbox.bell.broadcast()
        inbox.bell.unlock()
      } else if watched[1].revents != 0 {
        break
      }
    }
    close(socket)
    close(stop)
  }
}
