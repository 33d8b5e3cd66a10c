// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// The receiving end of a Unix datagram socket, as the service manager or journald holds it.
///
/// A datagram is in the queue when the sender's call returns, so receiving never has to wait.
struct DatagramSocket: ~Copyable {
  private let descriptor: Int32

  /// - Parameter address: a path, or "@name" for one in the abstract namespace (unix(7)).
  init(_ address: String) throws {
    descriptor = socket(
      AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw SystemCallFailure("socket", address) }
    var bytes = Array(address.utf8)
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    var name = sockaddr_un()
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    let size = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
    let bound = withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    guard bound == 0 else { throw SystemCallFailure("bind", address) }
  }

  deinit {
    close(descriptor)
  }

  /// The next datagram; nil when there is none.
  func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    return count < 0 ? nil : Array(buffer[..<count])
  }

  func receiveText() -> String? {
    receive().map { String(decoding: $0, as: UTF8.self) }
  }
}
