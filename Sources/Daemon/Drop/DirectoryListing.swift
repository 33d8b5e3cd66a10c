// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// The names in a directory (readdir(3)), without "." and "..".
enum DirectoryListing {
  /// Fails as a listing would, and a look at what is listed.
  static func probe(_ directory: borrowing FileDescriptor) throws(Errno) {
    closedir(try stream(of: directory))
    try FileSystemCalls.requireSearch(directory)
  }

  /// Calls `body` with each name, in no order, and whether it is a directory's.
  static func forEachName(
    in directory: borrowing FileDescriptor, _ body: (_ name: [UInt8], _ isDirectory: Bool) -> Void
  ) throws(Errno) {
    let stream = try stream(of: directory)
    defer { closedir(stream) }
    rewinddir(stream)
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        let error = Errno.current
        if error.number != 0 { throw error }
        return
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        Array(bytes[..<(bytes.firstIndex(of: 0) ?? bytes.count)])
      }
      if name == [0x2E] || name == [0x2E, 0x2E] { continue }
      body(name, try isDirectory(entry.pointee.d_type, name, in: directory))
    }
  }

  /// The names of a directory that take part, or some of them.
  struct Portion: Sendable {
    /// Largest first; those of directories that are walked end with a slash.
    var names: [[UInt8]] = []
    /// The last name, when there are more than the portion held.
    var resumeAfter: [UInt8]?
    /// What ended the listing; there are no names then.
    var error: Errno?

    init(error: Errno) { self.error = error }

    init(
      of directory: borrowing FileDescriptor, _ asked: DirectoryScanner.Portion,
      wants: ([UInt8], Bool) -> Bool, life: SignOfLife? = nil
    ) {
      var smallest = SmallestNames(limit: asked.limit, after: asked.after)
      do throws(Errno) {
        try forEachName(in: directory) { name, isDirectory in
          life?.give()
          guard !(isDirectory && asked.recursive) || wants(name, true) else { return }
          if isDirectory, asked.recursive {
            // A directory sorts as its contents do, which begin with its name and a slash.
            smallest.insert(name + [RelativePath.separator])
          } else if wants(name, false) {
            smallest.insert(name)
          }
        }
        (names, resumeAfter) = smallest.finish()
      } catch {
        self.error = error
      }
    }
  }

  private static func stream(
    of directory: borrowing FileDescriptor
  ) throws(Errno) -> OpaquePointer {
    // fdopendir takes its descriptor over, so it gets one of its own.
    let number = directory.number
    let own = try FileSystemCalls.retrying { fcntl(number, F_DUPFD_CLOEXEC, 0) }
    if let stream = fdopendir(own) { return stream }
    let error = Errno.current
    _ = Glibc.close(own)
    throw error
  }

  private static func isDirectory(
    _ type: UInt8, _ name: [UInt8], in directory: borrowing FileDescriptor
  ) throws(Errno) -> Bool {
    if type == UInt8(DT_DIR) { return true }
    guard type == UInt8(DT_UNKNOWN) else { return false }
    do throws(Errno) {
      // Some file systems do not tell the type (readdir(3)).
      return try FileSystemCalls.status(name, in: directory).st_mode & S_IFMT == S_IFDIR
    } catch {
      if error.number == ENOENT { return false }
      throw error
    }
  }
}
