// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The address of a socket in the file system, unix(7); the path holds at most 107 bytes.
package struct UnixAddress {
  private let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// Binds a socket, which makes the socket's file.
  package func bind(_ socket: Int32) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < room else {
      throw SystemCallFailure("bind", path, code: ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let answer = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(socket, $0, size) }
    }
    guard answer == 0 else { throw SystemCallFailure("bind", path) }
  }
}
