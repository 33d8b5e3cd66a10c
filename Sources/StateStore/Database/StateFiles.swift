// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The names in the state directory and the system calls on them outside SQLite.
struct StateFiles {
  let directory: [UInt8]

  private static let name = "/neardupd.sqlite".utf8

  var database: [UInt8] { directory + Self.name }
  /// A database is made under this name and gets its own when it is whole and on the disk.
  var unfinished: [UInt8] { database + ".new".utf8 }
  var lock: [UInt8] { directory + "/lock".utf8 }
  /// SQLite's write-ahead log.
  private var log: [UInt8] { database + "-wal".utf8 }

  init(directory: [UInt8]) {
    self.directory = directory
  }

  /// The same from `database`.
  init(database: [UInt8]) { directory = database.dropLast(Self.name.count) }

  /// Makes the directory with mode 0750 (less umask) when it is missing; its parent must exist.
  func prepareDirectory() throws(StateStoreError) {
    let made = Self.withPath(directory) { mkdir($0, 0o750) }
    guard made == 0 || errno == EEXIST else {
      throw StateStoreError(call: "mkdir", systemError: errno, path: directory)
    }
  }

  /// The database's name as GRDB takes it, which is text.
  func text(of path: [UInt8]) throws(StateStoreError) -> String {
    guard let text = String(validating: path, as: UTF8.self) else {
      throw StateStoreError(
        .cannotOpen, path, "the name is not UTF-8", remedy: "name the state directory in UTF-8")
    }
    return text
  }

  /// What tells one file from another.
  struct Identity: Equatable {
    var device: UInt64
    var inode: UInt64
  }

  /// That of the file under the database's name; nil when there is none.
  var databaseIdentity: Identity? {
    var status = stat()
    guard Self.withPath(database, { stat($0, &status) }) == 0 else { return nil }
    return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// Whether there is, or may be, something in the write-ahead log that the database lacks.
  var hasPendingLog: Bool {
    var status = stat()
    let answer = Self.withPath(log) { stat($0, &status) }
    return answer == 0 ? status.st_size > 0 : errno != ENOENT
  }

  /// Whether the write-ahead log, with so many bytes more, takes over half of the free room.
  ///
  /// Folding it in may make the database longer by as much as it holds, so that it has to be done
  /// while there is room: what a commit that fails has written stays in the log's file and takes
  /// the last of it. False where the file system does not say.
  func logWouldExceedRoom(with bytes: Int) -> Bool {
    var log = stat()
    var volume = statvfs()
    guard Self.withPath(self.log, { stat($0, &log) }) == 0,
      Self.withPath(directory, { statvfs($0, &volume) }) == 0
    else { return false }
    let free = Self.product(volume.f_bavail, volume.f_frsize)
    let (needed, isTooMuch) = Int(log.st_size).addingReportingOverflow(bytes)
    return isTooMuch || needed > free / 2
  }

  /// What keeps a file beside the database from growing as far as the database or its write-ahead
  /// log did, errno(3); nil when it can.
  ///
  /// A limit on the size of files holds for what is written behind the end of the longest, quota
  /// and room for what is written at all.
  static func writeError(beside database: [UInt8]) -> Int32? {
    let probe = database + "-probe".utf8
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file = withPath(probe) { open($0, flags, 0o640) }
    guard file >= 0 else { return errno }
    defer {
      _ = withPath(probe) { unlink($0) }
      _ = close(file)
    }
    let longest = ["", "-wal"].map { size(of: database + $0.utf8) }.max() ?? 0
    let block = [UInt8](repeating: 1, count: probeSize)
    for offset in [0, longest] {
      let count = block.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, offset) }
      if count < 0 { return errno }
      // A short write is followed by one that says why.
      if count < block.count { return partialError(file, offset + count) }
    }
    return fsync(file) == 0 ? nil : errno
  }

  /// As much as a commit of some documents writes, in bytes.
  private static let probeSize = 64 << 10

  private static func partialError(_ file: Int32, _ offset: Int) -> Int32? {
    var byte: UInt8 = 1
    return pwrite(file, &byte, 1, offset) < 0 ? errno : nil
  }

  private static func size(of path: [UInt8]) -> Int {
    var status = stat()
    return withPath(path) { stat($0, &status) } == 0 ? Int(status.st_size) : 0
  }

  /// The product of two numbers of statvfs(3), in which a file system may claim anything.
  static func product(_ blocks: fsblkcnt_t, _ size: UInt) -> Int {
    let (product, overflow) = UInt64(blocks).multipliedReportingOverflow(by: UInt64(size))
    return overflow ? .max : Int(clamping: product)
  }

  /// The database as an address that tells SQLite that nobody changes it meanwhile.
  var unchangingAddress: String { address("immutable=1") }

  /// The database as an address that tells SQLite not to make it when it is gone.
  var existingAddress: String { address("mode=rw") }

  /// See https://www.sqlite.org/uri.html.
  private func address(_ parameter: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let name = database.map { byte in
      plain.contains(byte)
        ? String(UnicodeScalar(byte))
        : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return "file:\(name.joined())?\(parameter)"
  }

  /// The first bytes of the database; nil when there is no such file.
  func databaseHeader() throws(StateStoreError) -> [UInt8]? {
    let file = Self.withPath(database) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw StateStoreError(call: "open", systemError: errno, path: database)
    }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: DatabaseHeader.size)
    let count = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else {
      throw StateStoreError(call: "read", systemError: errno, path: database)
    }
    return Array(bytes.prefix(count))
  }

  /// Takes away what an interrupted creation left.
  func removeUnfinished() {
    for suffix in ["", "-journal", "-wal", "-shm"] {
      _ = Self.withPath(unfinished + suffix.utf8) { unlink($0) }
    }
  }

  /// Gives the finished database its name and puts the name on the disk.
  func adoptUnfinished() throws(StateStoreError) {
    let renamed = Self.withPath(unfinished) { from in
      Self.withPath(database) { rename(from, $0) }
    }
    guard renamed == 0 else {
      throw StateStoreError(call: "rename", systemError: errno, path: database)
    }
    let opened = Self.withPath(directory) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard opened >= 0 else {
      throw StateStoreError(call: "open", systemError: errno, path: directory)
    }
    defer { close(opened) }
    guard fsync(opened) == 0 else {
      throw StateStoreError(call: "fsync", systemError: errno, path: directory)
    }
  }

  /// Lends bytes as a NUL-terminated name.
  static func withPath<Result>(
    _ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    return name.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? body("")
    }
  }
}
