// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// One who asks: the request as far as it came, and how long it may take.
final class ControlConnection {
  /// A request is one word; who sends more is cut off.
  static let requestLimit = 128

  enum State {
    case reading
    /// The answer comes when a reload is done.
    case awaitingReload
    case done
  }

  enum Input: Equatable {
    case incomplete
    case request(String)
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

  var descriptorNumber: Int32 { descriptor.number }

  /// Takes what has come; a request ends with its line, or where the asker stops sending.
  func read() -> Input {
    var buffer: InlineArray<128, UInt8> = .init(repeating: 0)
    let number = descriptor.number
    let count = withUnsafeMutableBytes(of: &buffer) {
      recv(number, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
    }
    if count < 0 {
      let error = Errno.current
      return error.number == EAGAIN || error.number == EINTR ? .incomplete : .gone
    }
    for index in 0..<count { received.append(buffer[index]) }
    let line = received.prefix { $0 != UInt8(ascii: "\n") }
    let isWhole = line.count < received.count || count == 0 || received.count > Self.requestLimit
    if !isWhole { return .incomplete }
    return line.isEmpty ? .gone : .request(String(decoding: line, as: UTF8.self))
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
