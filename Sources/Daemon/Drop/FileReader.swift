// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Glibc
internal import Posix

/// Opens one file of a drop directory and hands its bytes over, if it is one to be read.
///
/// Never follows a link out of the drop directory: every component is opened relative to the one
/// before it with O_NOFOLLOW. Reads into one buffer that is reused from file to file.
struct FileReader: ~Copyable {
  struct Limits: Sendable {
    /// Bytes; larger files are not read, nor larger members of a container.
    var maximumSize: Int
    var followLinks: Bool
    /// Whether an open writer or a change during the read puts a file off (not with `--once`).
    var waitsForWriters: Bool
    /// How long, in nanoseconds, a file must be unchanged in any case.
    var settle: Int64
    /// How long, in nanoseconds, a file must be unchanged when it cannot be told whether it is
    /// open for writing.
    var quietTime: Int64
  }

  enum Opened: ~Copyable {
    /// With the number of its names.
    case file(FileDescriptor, FileIdentity, links: UInt64)
    /// Too large to be read; it may still grow.
    case large(FileDescriptor, FileIdentity, links: UInt64, detail: String)
    case skipped(SkipReason, detail: String, FileIdentity?)
    case failed(errno: Int32)
  }

  enum Content {
    /// The first `count` bytes of `buffer`.
    case bytes(count: Int)
    case changed
    case skipped(SkipReason, detail: String)
    case failed(errno: Int32)
  }

  /// So much at a time, that a slow server is seen to get on.
  private static let readAtATime = 256 << 10

  /// A buffer that grew beyond this for one large file is given back after it.
  private static let keptCapacity = 1 << 20

  private(set) var buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 1 << 16, alignment: 64)

  deinit { buffer.deallocate() }

  // MARK: Opening

  static func open(
    _ path: [UInt8], in root: borrowing FileDescriptor, limits: Limits
  ) -> Opened {
    do throws(Errno) {
      let descriptor = try Self.descend(path, from: root, followLinks: limits.followLinks)
      let status = try FileSystemCalls.status(of: descriptor)
      let identity = FileIdentity(status)
      guard status.st_mode & S_IFMT == S_IFREG else {
        return .skipped(.notRegular, detail: Self.kind(status), identity)
      }
      guard identity.size <= limits.maximumSize || mayBeContainer(descriptor, path) else {
        let detail = "\(identity.size) bytes; drop.max-size is \(limits.maximumSize)"
        return .large(descriptor, identity, links: UInt64(status.st_nlink), detail: detail)
      }
      return .file(descriptor, identity, links: UInt64(status.st_nlink))
    } catch {
      return Self.explain(error, path: path, in: root, followLinks: limits.followLinks)
    }
  }

  /// Whether a file may hold several documents, each within the limit that it exceeds itself.
  private static func mayBeContainer(
    _ descriptor: borrowing FileDescriptor, _ path: [UInt8]
  ) -> Bool {
    // The mark of a tar archive is at the end of its first block.
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { start in
      guard let count = try? FileSystemCalls.read(descriptor, into: start, at: 0) else {
        return false
      }
      let bytes = UnsafeRawBufferPointer(rebasing: start[..<count])
      return ContainerFormat.mayBegin(bytes, name: path)
        || ForeignFormat(packed: bytes, end: bytes) != nil
    }
  }

  private static func descend(
    _ path: [UInt8], from root: borrowing FileDescriptor, followLinks: Bool
  ) throws(Errno) -> FileDescriptor {
    let components = RelativePath.components(path)
    guard let name = components.last else { throw Errno(number: ENOENT) }
    let flags = followLinks ? FileSystemCalls.fileFlags & ~O_NOFOLLOW : FileSystemCalls.fileFlags
    guard components.count > 1 else { return try FileSystemCalls.openAt(root, name, flags) }
    let parent = RelativePath.parent(path)
    let directory = try FileSystemCalls.openDirectory(parent, startingAt: root)
    return try FileSystemCalls.openAt(directory, name, flags)
  }

  /// An open that failed, in the words of the cluster log.
  private static func explain(
    _ error: Errno, path: [UInt8], in root: borrowing FileDescriptor, followLinks: Bool
  ) -> Opened {
    // That of the link itself, where there is one: what it leads to could not be opened.
    let identity = Self.identity(of: path, in: root, followLinks: false)
    switch error.number {
    case ENOENT, ENOTDIR, ESTALE:
      // A dangling link is still there: known by its identity, it is told of once.
      return .skipped(.vanished, detail: error.text, identity)
    case ELOOP:
      let detail =
        followLinks
        ? "a symbolic link that leads nowhere" : "a symbolic link; drop.follow-links is false"
      return .skipped(.excludedLink, detail: detail, identity)
    case ENXIO, ENODEV:
      // open(2) of a socket, or of a FIFO or device without the other side.
      return .skipped(.notRegular, detail: "a socket, FIFO or device", identity)
    case _ where error.isPassing: return .failed(errno: error.number)
    default: return .skipped(.unreadable, detail: error.text, identity)
    }
  }

  /// What stat(2) says of the file that would be opened; nil when it cannot be looked at.
  static func identity(
    of path: [UInt8], in root: borrowing FileDescriptor, followLinks: Bool
  ) -> FileIdentity? {
    try? look(at: path, in: root, followLinks: followLinks)
  }

  /// Whether the file, of a member that which it is in, is not there any more; one that only cannot
  /// be looked at is none of those.
  static func isGone(_ path: [UInt8], from root: borrowing FileDescriptor) -> Bool {
    do throws(Errno) {
      _ = try look(at: MemberPath.file(path), in: root, followLinks: false)
      return false
    } catch {
      // A directory of the path can have given way to a file or to a link.
      return [ENOENT, ENOTDIR, ELOOP].contains(error.number)
    }
  }

  private static func look(
    at path: [UInt8], in root: borrowing FileDescriptor, followLinks: Bool
  ) throws(Errno) -> FileIdentity {
    let components = RelativePath.components(path)
    guard let name = components.last else { throw .notFound }
    if components.count == 1 {
      return FileIdentity(try FileSystemCalls.status(name, in: root, following: followLinks))
    }
    let directory = try FileSystemCalls.openDirectory(
      RelativePath.parent(path), startingAt: root)
    return FileIdentity(try FileSystemCalls.status(name, in: directory, following: followLinks))
  }

  static func kind(_ status: stat) -> String {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: "a directory"
    case S_IFIFO: "a FIFO"
    case S_IFSOCK: "a socket"
    case S_IFCHR: "a character device"
    case S_IFBLK: "a block device"
    case S_IFLNK: "a symbolic link"
    default: "not a regular file"
    }
  }

  // MARK: Reading

  /// Reads the whole file and makes sure that it did not change meanwhile.
  ///
  /// - Parameter life: told of each part that came.
  mutating func read(
    _ descriptor: borrowing FileDescriptor, _ identity: inout FileIdentity,
    life: SignOfLife? = nil
  ) -> Content {
    // One byte more than expected, so that the end of the file is seen without another call.
    reserve(Int(identity.size) + 1)
    var count = 0
    do throws(Errno) {
      while count < buffer.count {
        let part = buffer[count...].prefix(Self.readAtATime)
        let rest = UnsafeMutableRawBufferPointer(rebasing: part)
        let received = try FileSystemCalls.read(descriptor, into: rest, at: count)
        if received == 0 { break }
        count += received
        life?.give()
        if count > Int(identity.size) { return .changed }
      }
      let after = FileIdentity(try FileSystemCalls.status(of: descriptor))
      guard count == Int(identity.size), after.size == identity.size,
        after.modified == identity.modified
      else { return .changed }
      // Permissions or links may have changed during the read; the content did not.
      identity = after
      return .bytes(count: count)
    } catch {
      return Self.failure(error)
    }
  }

  /// What a read that failed says of the file.
  static func failure(_ error: Errno) -> Content {
    switch error.number {
    case _ where error.isScarcity || error.isLeased || error.isTransport:
      .failed(errno: error.number)
    case ESTALE: .skipped(.vanished, detail: error.text)
    default: .skipped(.unreadable, detail: error.text)
    }
  }

  /// Takes bytes that were read elsewhere into the buffer.
  mutating func hold(_ bytes: [UInt8]) {
    reserve(bytes.count)
    buffer.copyBytes(from: bytes)
  }

  private mutating func reserve(_ size: Int) {
    guard size > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: (size | 0xFFFF) + 1, alignment: 64)
  }

  /// Gives a buffer back that one large file made large.
  mutating func trim() {
    guard buffer.count > Self.keptCapacity else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: 1 << 16, alignment: 64)
  }
}
