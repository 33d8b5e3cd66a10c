// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Glibc
internal import Posix

/// One who asks: the request as far as it came, and how long it may take.
final class ControlConnection {
  /// A request is one line; who sends more is cut off.
  static let requestLimit = 128
  /// What is taken at a time, in bytes.
  private static let chunk = 16_384

  enum State {
    case reading
    /// The answer comes when a reload or a check is done.
    case awaitingAnswer
    case done
  }

  enum Input: Equatable {
    case incomplete
    case request(String)
    /// The line of a check, and what it says that follows.
    case question(CheckQuestion.Header, ArraySlice<UInt8>)
    /// What follows the line that asks for forgetting documents.
    case erasure(ArraySlice<UInt8>)
    case gone
  }

  let number: UInt64
  /// On the monotonic clock, nanoseconds.
  var deadline: UInt64
  var state = State.reading
  private let descriptor: FileDescriptor
  private var received: [UInt8] = []

  init(_ descriptor: consuming FileDescriptor, number: UInt64, deadline: UInt64) {
    self.descriptor = descriptor
    self.number = number
    self.deadline = deadline
  }

  var isReading: Bool { if case .reading = state { true } else { false } }

  var descriptorNumber: Int32 { descriptor.number }

  /// Takes what has come; a request ends with its line, or where the asker stops sending.
  func read() -> Input {
    let (count, error) = receive()
    if count < 0 { return error == EAGAIN || error == EINTR ? .incomplete : .gone }
    let line = received.prefix(Self.requestLimit + 1).prefix { $0 != UInt8(ascii: "\n") }
    let isWhole = line.count < received.count || count == 0 || line.count > Self.requestLimit
    if !isWhole { return .incomplete }
    let text = String(decoding: line, as: UTF8.self)
    let payload = received.dropFirst(line.count + 1)
    if let expected = ErasureQuestion.byteCount(text) {
      if payload.count >= expected { return .erasure(payload.prefix(expected)) }
    } else if let header = CheckQuestion.Header(text),
      header.byteCount <= CheckQuestion.byteLimit
    {
      if payload.count >= header.byteCount {
        return .question(header, payload.prefix(header.byteCount))
      }
    } else {
      return line.isEmpty ? .gone : .request(text)
    }
    return count == 0 ? .gone : .incomplete
  }

  /// Whether who asks may change what the daemon keeps: root, and the daemon's own user. The
  /// socket's mode lets its group ask, which reads.
  var mayChange: Bool {
    // `struct ucred` of unix(7), which Glibc's module lacks: process, user, group.
    var peer: (pid_t, uid_t, gid_t) = (0, .max, .max)
    var size = socklen_t(MemoryLayout.size(ofValue: peer))
    guard getsockopt(descriptor.number, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else {
      return false
    }
    return peer.1 == 0 || peer.1 == geteuid()
  }

  /// How many bytes came, or why none.
  private func receive() -> (count: Int, error: Int32) {
    let number = descriptor.number
    return withUnsafeTemporaryAllocation(byteCount: Self.chunk, alignment: 8) { buffer in
      let count = recv(number, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
      let error = Errno.current.number
      received.append(contentsOf: buffer.prefix(max(0, count)))
      return (count, error)
    }
  }

  /// Sends the answer as far as the socket's buffer takes it, which is far more than any answer
  /// has: who does not read cannot keep the daemon waiting.
  func send(_ line: [UInt8]) {
    let number = descriptor.number
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    _ = line.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, flags) }
    state = .done
  }
}
