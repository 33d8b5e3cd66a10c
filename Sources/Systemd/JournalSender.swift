// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Sends entries to journald without waiting for it, in its native protocol (systemd's
/// JOURNAL_NATIVE_PROTOCOL document): sd_journal_sendv(3) waits when nobody reads the socket.
package final class JournalSender: Sendable {
  /// Where journald listens.
  package static let socket = "/run/systemd/journal/socket"

  private let unread: UnreadMessages

  /// - Parameters:
  ///   - identifier: SYSLOG_IDENTIFIER of the message that some were lost.
  ///   - socket: where to send to; tests put their own here.
  package init(identifier: String, socket: String = JournalSender.socket) {
    unread = UnreadMessages(
      loss: { count in
        Self.datagram([
          .init("MESSAGE", Array(LogLine.loss(count).utf8)), .init("PRIORITY", Array("4".utf8)),
          .init("SYSLOG_IDENTIFIER", Array(identifier.utf8)),
        ])
      },
      offer: { message in
        switch SystemCalls.sendDatagram(message, to: socket) {
        case 0: .taken
        case EAGAIN, ENOBUFS: .refused(rest: message)
        case let number: .failed(number)
        }
      })
  }

  /// 0 when it was taken or is kept for later, else a negative errno.
  package func send(_ entry: JournalEntry) -> Int32 {
    switch unread.send(Self.datagram(entry.fields)) {
    case nil: 0
    // Larger than a datagram may be: libsystemd has another way for these.
    case EMSGSIZE?: entry.send()
    case let number?: -number
    }
  }

  /// Tries for a while to be rid of what waits.
  package func flush(within patience: Duration) { unread.flush(within: patience) }

  /// NAME=value and a line end; a value with line ends has its length, 64 bits with the least
  /// significant byte first, before it instead.
  static func datagram(_ fields: [JournalEntry.Field]) -> [UInt8] {
    var bytes: [UInt8] = []
    for field in fields {
      bytes += field.name.utf8
      if field.value.contains(UInt8(ascii: "\n")) {
        bytes.append(UInt8(ascii: "\n"))
        withUnsafeBytes(of: UInt64(field.value.count).littleEndian) { bytes += $0 }
      } else {
        bytes.append(UInt8(ascii: "="))
      }
      bytes += field.value
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
