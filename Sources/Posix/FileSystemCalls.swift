// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Glibc

/// An error number as errno(3) gives it.
package struct Errno: Error, Equatable {
  package var number: Int32

  package static var current: Errno { Errno(number: errno) }

  package static let notFound = Errno(number: ENOENT)
  package static let nameTooLong = Errno(number: ENAMETOOLONG)

  /// Nobody answered within the time there is (`PatientCalls`).
  package static let hanging = Errno(number: ETIMEDOUT)

  package var text: String { String(cString: strerror(number)) }

  /// The machine has too little of something at the moment; the same call can succeed later.
  package var isScarcity: Bool { [EMFILE, ENFILE, ENOMEM].contains(number) }

  /// Somebody has a lease on the file and is asked to give it back (open(2)): a Samba client, a
  /// delegation of an NFS server.
  package var isLeased: Bool { number == EAGAIN || number == EBUSY }

  /// The way to the server of a file system is at fault, or the server is.
  package var isTransport: Bool {
    [
      ENOTCONN, ECONNABORTED, ECONNREFUSED, ECONNRESET, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH,
      ENETDOWN, ENETUNREACH, EREMOTEIO, ESHUTDOWN,
    ].contains(number)
  }

  /// The machine is to blame, not the file: it is worth another try.
  package var isPassing: Bool { isScarcity || isLeased || isTransport || number == EIO }

  package init(number: Int32) {
    self.number = number
  }
}

/// The file system calls of the daemon: the only place where libc is called for them.
///
/// Each saves errno at once and retries EINTR; names are raw bytes.
package enum FileSystemCalls {
  package static let directoryFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
  /// O_PATH of <linux/fcntl.h>, which the Glibc module does not have: a way through a directory
  /// that need not be readable.
  package static let pathFlags = 0o10_000_000 | O_DIRECTORY | O_CLOEXEC
  /// O_NONBLOCK keeps a FIFO or device from holding the open, and O_NOCTTY a terminal from becoming
  /// that of the daemon, which leads its session (open(2)); neither affects files.
  package static let fileFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC

  package static func retrying(_ call: () -> Int32) throws(Errno) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      let error = Errno.current
      if error.number != EINTR { throw error }
    }
  }

  /// Calls `body` with `name` as a NUL-terminated C string.
  package static func withPath<R>(
    _ name: some Collection<UInt8>, _ body: (UnsafePointer<CChar>) -> R
  ) -> R {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: name.count + 1) { buffer in
      var index = 0
      for byte in name {
        buffer[index] = CChar(bitPattern: byte)
        index += 1
      }
      buffer[index] = 0
      guard let start = buffer.baseAddress else { preconditionFailure("one byte is there") }
      return body(UnsafePointer(start))
    }
  }

  package static func openDirectory(_ path: [UInt8]) throws(Errno) -> FileDescriptor {
    // The drop directory itself may be a symbolic link that an administrator made.
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    return FileDescriptor(
      owning: try retrying { withPath(path) { Glibc.open($0, flags) } })
  }

  /// The name of something without links in it (realpath(3)); nil when it is not there.
  package static func withoutLinks(_ path: [UInt8]) -> [UInt8]? {
    guard let found = withPath(path, { realpath($0, nil) }) else { return nil }
    defer { free(found) }
    return Array(
      UnsafeBufferPointer(start: found, count: strlen(found)).map(UInt8.init(bitPattern:)))
  }

  package static func openAt(
    _ directory: borrowing FileDescriptor, _ name: some Collection<UInt8>, _ flags: Int32
  ) throws(Errno) -> FileDescriptor {
    typealias OpenAt = (Int32, UnsafePointer<CChar>, Int32) -> Int32
    let call: OpenAt = { Glibc.openat($0, $1, $2) }
    let parent = directory.number
    return FileDescriptor(
      owning: try retrying { withPath(name) { call(parent, $0, flags) } })
  }

  package static func status(of descriptor: borrowing FileDescriptor) throws(Errno) -> stat {
    var result = stat()
    let number = descriptor.number
    _ = try retrying { fstat(number, &result) }
    return result
  }

  /// Fails where a directory may be listed and nothing in it looked at: read permission without
  /// search permission.
  package static func requireSearch(_ directory: borrowing FileDescriptor) throws(Errno) {
    _ = try status(CollectionOfOne(UInt8(ascii: ".")), in: directory)
  }

  /// lstat(2) relative to a directory: a link is not followed unless told so.
  package static func status(
    _ name: some Collection<UInt8>, in directory: borrowing FileDescriptor, following: Bool = false
  ) throws(Errno) -> stat {
    var result = stat()
    let parent = directory.number
    _ = try retrying {
      withPath(name) { fstatat(parent, $0, &result, following ? 0 : AT_SYMLINK_NOFOLLOW) }
    }
    return result
  }

  /// pread(2) into a part of a buffer; returns the number of bytes, 0 at the end of the file.
  package static func read(
    _ descriptor: borrowing FileDescriptor, into buffer: UnsafeMutableRawBufferPointer,
    at offset: Int
  ) throws(Errno) -> Int {
    while true {
      let count = pread(descriptor.number, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      let error = Errno.current
      if error.number != EINTR { throw error }
    }
  }

  /// Whether some process has the file open for writing (F_SETLEASE, fcntl(2)).
  ///
  /// nil when it cannot be told: a lease needs the file's owner or CAP_LEASE, and a file system
  /// that supports leases.
  package static func isOpenForWriting(_ descriptor: borrowing FileDescriptor) -> Bool? {
    guard let isTaken = takeReadLease(descriptor) else { return nil }
    if isTaken { _ = fcntl(descriptor.number, setLease, F_UNLCK) }
    return !isTaken
  }

  /// F_SETLEASE of <linux/fcntl.h>: missing from the Glibc module.
  private static let setLease: Int32 = 1024

  /// Takes a read lease until the file is closed; false when a writer has the file open, nil when
  /// no lease can be had.
  package static func takeReadLease(_ descriptor: borrowing FileDescriptor) -> Bool? {
    if fcntl(descriptor.number, setLease, F_RDLCK) == 0 { return true }
    return Errno.current.number == EAGAIN ? false : nil
  }

  /// mkdir(2); a directory that is there already is as good.
  package static func makeDirectory(
    _ name: [UInt8], in directory: borrowing FileDescriptor
  ) throws(Errno) {
    let parent = directory.number
    do throws(Errno) {
      _ = try retrying { withPath(name) { mkdirat(parent, $0, 0o777) } }
    } catch {
      if error.number != EEXIST { throw error }
    }
  }

}
