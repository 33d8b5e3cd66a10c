// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// What a child reads and where it stands: a file and a directory that have no names any more.
///
/// A file and not a pipe, since the list of a zip archive is at its end. The directory is empty and
/// stays so: nothing can be made in one that was removed.
struct ChildInput: ~Copyable {
  let file: OwnedDescriptor
  let directory: OwnedDescriptor

  /// A file that is open already, opened once more: a child moves its own place in it only.
  init(file number: Int32) throws(SpawnError) {
    let empty = try ChildInput([])
    let directory = try OwnedDescriptor.taking(fcntl(empty.directory.number, F_DUPFD_CLOEXEC, 3))
    let file = try OwnedDescriptor.taking(open("/proc/self/fd/\(number)", O_RDONLY | O_CLOEXEC))
    self.file = file
    self.directory = directory
  }

  init(_ bytes: [UInt8]) throws(SpawnError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let pattern = String(repeating: "X", count: 6)
    var template = Array("\(parent)/neardupd-extract-\(pattern)".utf8CString)
    guard mkdtemp(&template) != nil else { throw SpawnError(number: errno) }
    let name = template.withUnsafeBufferPointer { String(decodingCString: $0) }
    let path = "\(name)/input"
    defer {
      _ = unlink(path)
      _ = rmdir(name)
    }
    let directory = try OwnedDescriptor.taking(open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    let file = try OwnedDescriptor.taking(open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600))
    try Self.write(bytes, to: file.number)
    self.file = file
    self.directory = directory
  }

  private static func write(_ bytes: [UInt8], to file: Int32) throws(SpawnError) {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(file, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw SpawnError(number: count < 0 ? errno : ENOSPC) }
      done += count
    }
    guard lseek(file, 0, SEEK_SET) == 0 else { throw SpawnError(number: errno) }
  }
}

extension String {
  fileprivate init(decodingCString characters: UnsafeBufferPointer<CChar>) {
    let bytes = characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    self = String(decoding: bytes, as: UTF8.self)
  }
}
