// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix
internal import Synchronization

/// Moves recorded files out of the drop directory (`after = "move-to"`), below the same names.
struct FileMover: Sendable {
  /// Absolute, raw bytes; on the same file system as the drop directories.
  let target: [UInt8]
  private let places: DropPlaces
  private let check = TargetCheck()

  init(target: [UInt8], places: DropPlaces) {
    self.target = target
    self.places = places
  }

  enum Outcome: Equatable {
    /// Moved; what is to be looked after is a file of which nothing tells whether it was closed.
    case moved(MovedFile, isClosed: Bool)
    /// Gone, or of other content than was recorded: that is another matter, and is left alone.
    case changed
    /// Somebody has it open for writing, or may have.
    case open
    /// The target lies in a drop directory, whatever its name says: it would be fed with itself.
    case intoItself
  }

  /// Where a file went.
  struct MovedFile: Equatable {
    var file: DroppedFile
    /// Below the target, its own name last.
    var path: [[UInt8]]
    var identity: FileIdentity
  }

  /// Moves a file that still has the recorded content.
  ///
  /// A name that is taken gets a number. Looked at again after the move: a writer that replaced
  /// the file in between gets it back, so that nothing leaves unrecorded.
  func move(
    _ file: DroppedFile, recordedAs identity: FileIdentity, signs: WritingSigns = WritingSigns()
  ) throws(Errno) -> Outcome {
    let components = RelativePath.components(file.path)
    guard let name = components.last.map({ Array($0) }) else { return .changed }
    let source = try places.open(RelativePath.parent(file.path), in: file.drop)
    guard try isRecorded(name, in: source, identity) else { return .changed }
    // Held until the file has moved: whoever opens it for writing meanwhile waits.
    let lease = signs.changesUnseen ? FileLease.unknown : FileLease(name, in: source)
    if lease.answer == .refused { return .open }
    let top = try FileSystemCalls.openDirectory(target)
    if try leadsIntoDrop(top) { return .intoItself }
    let folders = components.dropLast().map { Array($0) }
    let directory = try folder(folders, in: top)
    let newName = try rename(name, in: source, to: directory)
    let moved = try FileSystemCalls.status(newName, in: directory)
    guard FileIdentity(moved).hasSameContentStamp(as: identity) else {
      _ = try rename(newName, in: directory, to: source, wanting: name)
      return .changed
    }
    return .moved(
      MovedFile(file: file, path: folders + [newName], identity: FileIdentity(moved)),
      isClosed: lease.answer == .held)
  }

  /// Whether the target can be opened.
  func targetIsThere() -> Bool { (try? FileSystemCalls.openDirectory(target)) != nil }

  /// Whether a moved file is as it was; one that is not there any more is nobody's business.
  func isUnchanged(_ moved: MovedFile) throws(Errno) -> Bool {
    guard let name = moved.path.last else { return true }
    do throws(Errno) {
      let directory = try folder(
        moved.path.dropLast(), in: try FileSystemCalls.openDirectory(target), makes: false)
      let found = FileIdentity(try FileSystemCalls.status(name, in: directory))
      return found.inode != moved.identity.inode || found.hasSameContentStamp(as: moved.identity)
    } catch {
      if error == .notFound { return true }
      throw error
    }
  }

  /// Puts a file that grew after it had been moved back where it was, so that it is read again.
  func takeBack(_ moved: MovedFile) throws(Errno) {
    guard let name = moved.path.last, let old = RelativePath.components(moved.file.path).last
    else { return }
    let directory = try folder(
      moved.path.dropLast(), in: try FileSystemCalls.openDirectory(target), makes: false)
    let source = try places.open(RelativePath.parent(moved.file.path), in: moved.file.drop)
    _ = try rename(name, in: directory, to: source, wanting: Array(old))
  }

  private func isRecorded(
    _ name: [UInt8], in directory: borrowing FileDescriptor, _ identity: FileIdentity
  ) throws(Errno) -> Bool {
    do throws(Errno) {
      let status = try FileSystemCalls.status(name, in: directory)
      // A rename sets the change time, so the content's stamp is what can be compared.
      return FileIdentity(status).hasSameContentStamp(as: identity)
    } catch {
      if error == .notFound { return false }
      throw error
    }
  }

  /// Whether the target is a drop directory or lies in one, by links or by mounts.
  private func leadsIntoDrop(_ top: borrowing FileDescriptor) throws(Errno) -> Bool {
    let identity = try DirectoryIdentity(of: top)
    let now = Clocks.monotonic()
    if let known = check.answer(for: identity, now: now) { return known }
    let above = try DirectoryIdentity.chain(from: top)
    let isInside = places.directories.indices.contains { drop in
      guard let root = try? places.openRoot(drop), let own = try? DirectoryIdentity(of: root) else {
        return false
      }
      return above.contains(own)
    }
    check.remember(isInside, of: identity, now: now)
    return isInside
  }

  private func folder(
    _ components: [[UInt8]], in top: consuming FileDescriptor, makes: Bool = true
  ) throws(Errno) -> FileDescriptor {
    var directory = top
    for component in components {
      if makes { try FileSystemCalls.makeDirectory(component, in: directory) }
      directory = try FileSystemCalls.openAt(
        directory, component, FileSystemCalls.directoryFlags)
    }
    return directory
  }

  /// Renames to the wanted name, or to it with the smallest number that is free: "a.txt.2".
  ///
  /// The name is taken and looked at in one step: another mover may take the same one at any time.
  private func rename(
    _ name: [UInt8], in directory: borrowing FileDescriptor,
    to newDirectory: borrowing FileDescriptor,
    wanting wanted: [UInt8]? = nil
  ) throws(Errno) -> [UInt8] {
    let wanted = wanted ?? name
    var candidate = wanted
    var number = 1
    while true {
      do throws(Errno) {
        try FileSystemCalls.renameToNew(name, in: directory, as: candidate, in: newDirectory)
        return candidate
      } catch {
        guard error.number == EEXIST else { throw error }
      }
      number += 1
      candidate = Self.numbered(
        wanted, number, limit: FileSystemCalls.longestName(in: newDirectory))
    }
  }

  /// A name with a number behind it, cut between two characters where it would be too long.
  static func numbered(_ name: [UInt8], _ number: Int, limit: Int) -> [UInt8] {
    let suffix = Array(".\(number)".utf8)
    var stem = name.prefix(max(0, limit - suffix.count))
    // Not in the middle of a character: a continuation byte of UTF-8 is 10xxxxxx.
    if stem.count < name.count {
      while let next = name.dropFirst(stem.count).first, next & 0xC0 == 0x80, !stem.isEmpty {
        stem = stem.dropLast()
      }
    }
    return stem + suffix
  }
}

/// Whether the target of moving lies in a drop directory, as it was found lately.
private final class TargetCheck: Sendable {
  /// Links and mounts may change at any time, in nanoseconds.
  private static let validity: UInt64 = 2_000_000_000
  private let known = Mutex<(identity: DirectoryIdentity, isInside: Bool, time: UInt64)?>(nil)

  func answer(for identity: DirectoryIdentity, now: UInt64) -> Bool? {
    known.withLock { known in
      guard let known, known.identity == identity, now - min(now, known.time) < Self.validity
      else { return nil }
      return known.isInside
    }
  }

  func remember(_ isInside: Bool, of identity: DirectoryIdentity, now: UInt64) {
    known.withLock { $0 = (identity, isInside, now) }
  }
}
