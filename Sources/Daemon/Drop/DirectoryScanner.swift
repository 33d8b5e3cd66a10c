// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Walks a directory tree and names its files in the byte order of their relative paths.
///
/// Bounded: a directory's names are taken in portions of at most `portion`, the smallest first, so
/// that a directory of ten million files costs several passes instead of all memory. No
/// descriptor stays open between calls, however deep the tree.
struct DirectoryScanner {
  /// A directory that is being walked: the rest of the portion at hand, largest name first.
  private struct Frame {
    var directory: [UInt8]
    var entries: [[UInt8]] = []
    /// The last name handed out, when there are more than the portion held.
    var resumeAfter: [UInt8]?
    var isListed = false
  }

  struct Problem {
    var directory: [UInt8]
    var error: Errno
  }

  enum Step: Equatable {
    /// The names of a directory, or a portion of them, were taken; the next steps hand them out.
    case listed
    /// An entry that is not a directory to be walked.
    case found([UInt8])
  }

  let drop: Int
  private let recursive: Bool
  private let portion: Int
  private var stack: [Frame]
  /// What could not be listed; the caller takes it from here.
  var problems: [Problem] = []
  /// Names at hand that were not handed out yet.
  private(set) var pending = 0

  init(drop: Int, directory: [UInt8], recursive: Bool, portion: Int = 65_536) {
    self.drop = drop
    self.recursive = recursive
    self.portion = portion
    stack = [Frame(directory: directory)]
  }

  /// Lists a directory that has something or gives the path of the next entry; nil at the end.
  ///
  /// - Parameters:
  ///   - openDirectory: opens a directory of the drop directory by its relative path.
  ///   - wants: whether a name takes part at all (patterns).
  ///   - willList: called before a directory is listed: the place to watch it first.
  mutating func next(
    openDirectory: ([UInt8]) throws(Errno) -> FileDescriptor, wants: ([UInt8], Bool) -> Bool,
    willList: ([UInt8]) -> Void
  ) -> Step? {
    while var frame = stack.popLast() {
      if frame.entries.isEmpty {
        if frame.isListed, frame.resumeAfter == nil { continue }
        if !frame.isListed { willList(frame.directory) }
        list(&frame, openDirectory: openDirectory, wants: wants)
        stack.append(frame)
        if frame.entries.isEmpty { continue }
        return .listed
      }
      let name = frame.entries.removeLast()
      pending -= 1
      stack.append(frame)
      guard name.last == RelativePath.separator else {
        return .found(RelativePath.joined(frame.directory, name))
      }
      stack.append(Frame(directory: RelativePath.joined(frame.directory, name.dropLast())))
    }
    return nil
  }

  private mutating func list(
    _ frame: inout Frame, openDirectory: ([UInt8]) throws(Errno) -> FileDescriptor,
    wants: ([UInt8], Bool) -> Bool
  ) {
    frame.isListed = true
    do throws(Errno) {
      let descriptor = try openDirectory(frame.directory)
      var names = SmallestNames(limit: portion, after: frame.resumeAfter)
      try DirectoryListing.forEachName(in: descriptor) { name, isDirectory in
        guard !(isDirectory && recursive) || wants(name, true) else { return }
        if isDirectory, recursive {
          // A directory sorts as its contents do, which begin with its name and a slash.
          names.insert(name + [RelativePath.separator])
        } else if wants(name, false) {
          names.insert(name)
        }
      }
      (frame.entries, frame.resumeAfter) = names.finish()
    } catch {
      frame.resumeAfter = nil
      problems.append(Problem(directory: frame.directory, error: error))
    }
    pending += frame.entries.count
  }
}

/// The smallest names of a listing, by their bytes, at most `limit` of them.
struct SmallestNames {
  private let limit: Int
  private let after: [UInt8]?
  private var names: [[UInt8]] = []
  private var isCut = false
  private var largest: [UInt8]?

  init(limit: Int, after: [UInt8]?) {
    self.limit = limit
    self.after = after
  }

  mutating func insert(_ name: [UInt8]) {
    if let after, !after.lexicographicallyPrecedes(name) { return }
    if let largest, !name.lexicographicallyPrecedes(largest) {
      isCut = true
      return
    }
    names.append(name)
    if names.count >= 2 * limit { cut() }
  }

  private mutating func cut() {
    names.sort { $0.lexicographicallyPrecedes($1) }
    guard names.count > limit else { return }
    names.removeLast(names.count - limit)
    largest = names.last
    isCut = true
  }

  /// The names, largest first, and the last of them when there are more.
  mutating func finish() -> (names: [[UInt8]], resumeAfter: [UInt8]?) {
    cut()
    let last = isCut ? names.last : nil
    names.reverse()
    return (names, last)
  }
}
