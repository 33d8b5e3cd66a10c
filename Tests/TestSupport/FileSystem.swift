// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// What tests do to files. Names may be any bytes, since the daemon must take any name.
package enum FileSystem {
  /// Writes a file under its own name: open, write, close.
  package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
    try write(bytes, to: path, flags: O_TRUNC)
  }

  /// Appends to a file, which is made when it is not there.
  package static func append(_ bytes: some Sequence<UInt8>, to path: String) throws {
    try write(bytes, to: path, flags: O_APPEND)
  }

  /// Writes a file whose name, the last component, is given as bytes.
  package static func write(
    _ bytes: some Sequence<UInt8>, in directory: String, name: [UInt8]
  ) throws {
    let path = Array(directory.utf8) + [UInt8(ascii: "/")] + name + [0]
    let descriptor = path.withUnsafeBytes { raw in
      raw.withMemoryRebound(to: CChar.self) {
        open($0.baseAddress!, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
      }
    }
    try write(Array(bytes), through: descriptor, called: directory)
  }

  package static func read(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { throw SystemCallFailure("read", path) }
      if count == 0 { return all }
      all += chunk[..<count]
    }
  }

  /// Makes a directory and those above it that are missing, like `mkdir -p`.
  package static func makeDirectory(_ path: String) throws {
    if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw SystemCallFailure("mkdir", path)
    }
    try makeDirectory(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
      throw SystemCallFailure("mkdir", path)
    }
  }

  package static func rename(_ from: String, to: String) throws {
    guard Glibc.rename(from, to) == 0 else { throw SystemCallFailure("rename", to) }
  }

  package static func link(_ from: String, to: String) throws {
    guard Glibc.link(from, to) == 0 else { throw SystemCallFailure("link", to) }
  }

  package static func makeSymbolicLink(at path: String, to target: String) throws {
    guard symlink(target, path) == 0 else { throw SystemCallFailure("symlink", path) }
  }

  package static func makeFIFO(_ path: String) throws {
    guard mkfifo(path, 0o644) == 0 else { throw SystemCallFailure("mkfifo", path) }
  }

  /// Makes a character device like /dev/null; needs CAP_MKNOD.
  package static func makeNullDevice(_ path: String) throws {
    guard mknod(path, mode_t(S_IFCHR | 0o666), dev_t(0x103)) == 0 else {
      throw SystemCallFailure("mknod", path)
    }
  }

  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 else { throw SystemCallFailure("unlink", path) }
  }

  package static func setMode(_ path: String, _ mode: UInt32) throws {
    guard chmod(path, mode) == 0 else { throw SystemCallFailure("chmod", path) }
  }

  package static func truncate(_ path: String, to size: Int) throws {
    guard Glibc.truncate(path, off_t(size)) == 0 else {
      throw SystemCallFailure("truncate", path)
    }
  }

  /// Gives a file the present time, like touch(1).
  package static func touch(_ path: String) throws {
    guard utimensat(AT_FDCWD, path, nil, 0) == 0 else {
      throw SystemCallFailure("utimensat", path)
    }
  }

  package static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// What is in a directory, in byte order.
  package static func names(in directory: String) throws -> [String] {
    guard let listing = opendir(directory) else { throw SystemCallFailure("opendir", directory) }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee))
        { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a tree whatever its names are; nothing is followed out of it.
  package static func removeTree(_ path: String) {
    path.withCString { removeTree(named: $0) }
  }

  private static func removeTree(named path: UnsafePointer<CChar>) {
    if Glibc.remove(path) == 0 || errno == ENOENT { return }
    guard let listing = opendir(path) else { return }
    while let entry = readdir(listing) {
      withUnsafePointer(to: &entry.pointee.d_name) { field in
        let length = MemoryLayout.size(ofValue: field.pointee)
        field.withMemoryRebound(to: CChar.self, capacity: length) { name in
          let isSelfOrParent = strcmp(name, ".") == 0 || strcmp(name, "..") == 0
          if isSelfOrParent { return }
          var child = [CChar](repeating: 0, count: strlen(path) + strlen(name) + 2)
          strcpy(&child, path)
          strcat(&child, "/")
          strcat(&child, name)
          removeTree(named: child)
        }
      }
    }
    closedir(listing)
    _ = Glibc.remove(path)
  }

  /// Waits until no process has a file open for writing.
  ///
  /// A child that another test starts has a copy of every descriptor until it has become its
  /// program. A file moved meanwhile is closed by it later: to the daemon another change, after
  /// which the file must settle, behind those that came after it. A lease is refused as long as
  /// there is a writer (F_SETLEASE, fcntl(2)); without leases there is nothing to wait for.
  package static func waitUntilNotWritten(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    let setLease: Int32 = 1024  // F_SETLEASE of <linux/fcntl.h>: missing from the Glibc module.
    let deadline = MonotonicDeadline(seconds: 10)
    while fcntl(descriptor, setLease, F_RDLCK) != 0, errno == EAGAIN {
      if deadline.hasPassed { throw SystemCallFailure("F_SETLEASE", path, code: EAGAIN) }
      usleep(200)
    }
    _ = fcntl(descriptor, setLease, F_UNLCK)
  }

  private static func write(
    _ bytes: some Sequence<UInt8>, to path: String, flags: Int32
  ) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o644)
    try write(Array(bytes), through: descriptor, called: path)
  }

  private static func write(
    _ bytes: [UInt8], through descriptor: Int32, called path: String
  ) throws {
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done)
      }
      guard count > 0 else { throw SystemCallFailure("write", path) }
      done += count
    }
  }
}
