// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The address of a socket in the file system, unix(7).
///
/// A path that does not fit the 108 bytes of an address is reached through its open directory.
package struct UnixSocketAddress: ~Copyable {
  private var address = sockaddr_un()
  private let directory: FileDescriptor?

  /// Fails with the errno of the directory, or with ENAMETOOLONG.
  package static func of(_ path: [UInt8]) -> Result {
    let room = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    if path.count < room { return .address(UnixSocketAddress(path, directory: nil)) }
    let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    do throws(Errno) {
      let directory = try FileSystemCalls.openDirectory(Array(path[..<start]))
      let short = Array("/proc/self/fd/\(directory.number)/".utf8) + path[start...]
      guard short.count < room else { return .failed(errno: ENAMETOOLONG) }
      return .address(UnixSocketAddress(short, directory: directory))
    } catch {
      return .failed(errno: error.number)
    }
  }

  package enum Result: ~Copyable {
    case address(UnixSocketAddress)
    case failed(errno: Int32)
  }

  private init(_ path: [UInt8], directory: consuming FileDescriptor?) {
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    self.directory = directory
  }

  /// bind(2): 0, or -1 with errno.
  package func bind(_ socket: Int32) -> Int32 { withAddress { Glibc.bind(socket, $0, $1) } }

  /// connect(2): 0, or -1 with errno.
  package func connect(_ socket: Int32) -> Int32 { withAddress { Glibc.connect(socket, $0, $1) } }

  private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}
