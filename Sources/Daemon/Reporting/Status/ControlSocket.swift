// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// The listening socket, with its name in the file system for as long as it lives.
struct ControlSocket: ~Copyable {
  /// Connections that the kernel holds for us; who comes beyond that has to try again.
  private static let backlog: Int32 = 16

  private let descriptor: FileDescriptor
  private let path: [UInt8]
  private let link: [UInt8]?

  var number: Int32 { descriptor.number }

  /// Takes the name from a socket that nobody listens on any more, as after a crash.
  ///
  /// - Parameters:
  ///   - path: absolute. Mode 0660: who may ask is who is in the daemon's group.
  ///   - link: a symbolic link to it, replaced likewise.
  init(path: String, link: String?) throws(Errno) {
    let bytes = Array(path.utf8)
    let socket = try Self.make()
    try Self.clear(bytes)
    try Self.call(bytes) { $0.bind(socket.number) }
    do throws(Errno) {
      // Nobody can connect before it listens, so the mode is never wider than this.
      _ = try FileSystemCalls.retrying { FileSystemCalls.withPath(bytes) { chmod($0, 0o660) } }
      _ = try FileSystemCalls.retrying { listen(socket.number, Self.backlog) }
    } catch {
      try? FileSystemCalls.remove(bytes)
      throw error
    }
    if let link { Self.makeLink(Array(link.utf8), to: bytes) }
    descriptor = socket
    self.path = bytes
    self.link = link.map { Array($0.utf8) }
  }

  deinit {
    if let link { try? FileSystemCalls.remove(link) }
    try? FileSystemCalls.remove(path)
  }

  /// The next connection; nil when none waits.
  func accept() throws(Errno) -> FileDescriptor? {
    let number = descriptor.number
    do throws(Errno) {
      return FileDescriptor(
        owning: try FileSystemCalls.retrying { Glibc.accept(number, nil, nil) })
    } catch {
      if error.number == EAGAIN || error.number == ECONNABORTED { return nil }
      throw error
    }
  }

  private static func make() throws(Errno) -> FileDescriptor {
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    return FileDescriptor(
      owning: try FileSystemCalls.retrying { socket(AF_UNIX, Int32(kind), 0) })
  }

  /// Removes a stale socket; EADDRINUSE when somebody listens on it or it is something else.
  private static func clear(_ path: [UInt8]) throws(Errno) {
    let probe = try make()
    do throws(Errno) {
      try call(path) { $0.connect(probe.number) }
    } catch {
      switch error.number {
      case ENOENT where !isLink(path): return
      case ECONNREFUSED where isSocket(path): return try FileSystemCalls.remove(path)
      default: break
      }
    }
    // A link left by a daemon that had a runtime directory then.
    if isLink(path) { return try FileSystemCalls.remove(path) }
    throw Errno(number: EADDRINUSE)
  }

  private static func makeLink(_ link: [UInt8], to path: [UInt8]) {
    guard isLink(link) || isSocket(link) || !exists(link) else { return }
    try? FileSystemCalls.remove(link)
    _ = FileSystemCalls.withPath(path) { target in
      FileSystemCalls.withPath(link) { symlink(target, $0) }
    }
  }

  private static func call(
    _ path: [UInt8], _ body: (borrowing UnixSocketAddress) -> Int32
  ) throws(Errno) {
    switch UnixSocketAddress.of(path) {
    case .failed(let number): throw Errno(number: number)
    case .address(let address):
      if body(address) != 0 { throw Errno.current }
    }
  }

  private static func kind(_ path: [UInt8]) -> mode_t? {
    var result = stat()
    let answer = FileSystemCalls.withPath(path) { lstat($0, &result) }
    return answer == 0 ? result.st_mode & S_IFMT : nil
  }

  private static func exists(_ path: [UInt8]) -> Bool { kind(path) != nil }
  private static func isLink(_ path: [UInt8]) -> Bool { kind(path) == S_IFLNK }
  private static func isSocket(_ path: [UInt8]) -> Bool { kind(path) == S_IFSOCK }
}
