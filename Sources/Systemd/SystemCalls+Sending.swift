// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Handing messages on without ever waiting for who should take them.
extension SystemCalls {
  /// Writes to a pipe, terminal, socket or file as much as is taken at once.
  ///
  /// The descriptor is shared with other processes, so that its flags stay as they are: a pipe that
  /// poll(2) calls writable takes a page, and a socket can be told with each message.
  static func writeAtOnce(_ descriptor: Int32, _ bytes: [UInt8]) -> UnreadMessages.Answer {
    let kind = kind(of: descriptor)
    var rest = bytes[...]
    while !rest.isEmpty {
      if kind == .waits, !isWritable(descriptor) { return .refused(rest: Array(rest)) }
      let part = kind == .file ? rest : rest.prefix(kind == .socket ? rest.count : page(descriptor))
      let count = part.withUnsafeBytes { buffer in
        kind == .socket
          ? send(
            descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT) | noSignal)
          : write(descriptor, buffer.baseAddress, buffer.count)
      }
      let saved = errno
      if count >= 0 {
        if count == 0 { return .failed(EIO) }
        rest = rest.dropFirst(count)
      } else if saved == EAGAIN {
        return .refused(rest: Array(rest))
      } else if saved != EINTR {
        return .failed(saved)
      }
    }
    return .taken
  }

  private static let noSignal = Int32(truncatingIfNeeded: MSG_NOSIGNAL)

  private enum Kind { case file, socket, waits }

  private static func kind(of descriptor: Int32) -> Kind {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .file }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFSOCK: return .socket
    default: return .waits
    }
  }

  private static func isWritable(_ descriptor: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // An error is found out by the write.
    return poll(&entry, 1, 0) != 0
  }

  /// PIPE_BUF for pipes (pipe(7)); less for terminals, whose room is not known.
  private static func page(_ descriptor: Int32) -> Int { isatty(descriptor) == 1 ? 256 : 4_096 }

  /// Sends one datagram to a Unix socket by its name; "@name" is in the abstract namespace.
  static func sendDatagram(_ bytes: [UInt8], to name: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var path = Array(name.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard let first = path.first, path.count < room else { return EINVAL }
    if first == UInt8(ascii: "@") {
      path[0] = 0
    } else if first != UInt8(ascii: "/") {
      return EINVAL
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    // With its end for a path, without for an abstract name, which may hold any bytes.
    let length = MemoryLayout<sa_family_t>.size + path.count + (path[0] == 0 ? 0 : 1)
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, kind, 0)
    guard descriptor >= 0 else { return errno }
    defer { closeDescriptor(descriptor) }
    while true {
      let count = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
          sendto(
            descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | noSignal, pointer,
            socklen_t(length))
        }
      }
      if count >= 0 { return 0 }
      let saved = errno
      if saved != EINTR { return saved }
    }
  }

  private static func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
}
