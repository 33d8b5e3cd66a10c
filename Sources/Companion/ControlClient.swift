// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Control
internal import Glibc
internal import Posix

/// Asks a running daemon over its socket, and gives up after a time.
package struct ControlClient: Sendable {
  /// The socket's absolute path.
  package let path: String
  /// How long the whole may take.
  package let patience: Duration
  /// An answer with the longest configuration stays far below this.
  private static let answerLimit = 1 << 20

  package init(path: String, patience: Duration = .seconds(5)) {
    self.path = path
    self.patience = patience
  }

  /// The answer to one request.
  package func ask(_ request: ControlRequest) throws(ControlFailure) -> ControlReply {
    try ask(Self.line(request))
  }

  /// The answer to a request of any form.
  func ask(_ request: [UInt8]) throws(ControlFailure) -> ControlReply {
    let connection = try connect()
    try send(request, on: connection)
    let line = try receive(on: connection)
    do {
      return try ControlCoding.decode(line)
    } catch {
      throw .incomprehensible(path)
    }
  }

  /// Asks and does not wait for the answer.
  package func tell(_ request: ControlRequest) throws(ControlFailure) {
    try send(Self.line(request), on: try connect())
  }

  private static func line(_ request: ControlRequest) -> [UInt8] {
    Array("\(request.rawValue)\n".utf8)
  }

  // MARK: Transport

  private func connect() throws(ControlFailure) -> Connection {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue
    let connection = Connection(number: socket(AF_UNIX, Int32(kind), 0))
    if connection.number < 0 { throw .refused(path, errno: errno) }
    switch UnixSocketAddress.of(Array(path.utf8)) {
    case .failed(let number): throw ControlFailure(path, errno: number)
    case .address(let address):
      if address.connect(connection.number) != 0 { throw ControlFailure(path, errno: errno) }
    }
    return connection
  }

  private func send(
    _ request: [UInt8], on connection: borrowing Connection
  ) throws(ControlFailure) {
    let number = connection.number
    let deadline = ContinuousClock.now + patience
    var rest = request[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if sent >= 0 {
        rest = rest.dropFirst(sent)
      } else if errno == EAGAIN {
        try wait(for: POLLOUT, on: connection, until: deadline)
      } else if errno != EINTR {
        throw .refused(path, errno: errno)
      }
    }
  }

  /// Returns when the connection is ready, or somewhat earlier.
  private func wait(
    for events: Int32, on connection: borrowing Connection, until deadline: ContinuousClock.Instant
  ) throws(ControlFailure) {
    var waiting = pollfd(fd: connection.number, events: Int16(events), revents: 0)
    let left = (deadline - .now) / .milliseconds(1)
    if left <= 0 { throw .late(path, patience) }
    _ = poll(&waiting, 1, Int32(min(left.rounded(.up), 60_000)))
  }

  private func receive(on connection: borrowing Connection) throws(ControlFailure) -> [UInt8] {
    let deadline = ContinuousClock.now + patience
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while answer.last != UInt8(ascii: "\n"), answer.count < Self.answerLimit {
      try wait(for: POLLIN, on: connection, until: deadline)
      let count = recv(connection.number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count < 0, errno == EAGAIN || errno == EINTR { continue }
      if count < 0 { throw .refused(path, errno: errno) }
      if count == 0 { break }
      answer += buffer[..<count]
    }
    if answer.isEmpty { throw .stopped(path) }
    return answer
  }

  private struct Connection: ~Copyable {
    let number: Int32

    init(number: Int32) { self.number = number }

    deinit { if number >= 0 { close(number) } }
  }
}
