// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

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

    /// What became of it, and what is to be done.
    var message: String {
      error == .nameTooLong
        ? "a directory lies too deep: what is in it is not seen; move it up"
        : "cannot list a directory: what is in it is not seen; give the service read permission"
    }
  }

  /// The longest path of a directory that is walked, in bytes. Each directory on the way down has
  /// its own path here and in the table of watches, so that a tree of three thousand levels with
  /// long names, which anybody can make, took a gigabyte.
  static let longestPath = 16_384

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
  /// Entries that were handed out.
  private(set) var found = 0

  init(drop: Int, directory: [UInt8], recursive: Bool, portion: Int = 65_536) {
    self.drop = drop
    self.recursive = recursive
    self.portion = portion
    stack = [Frame(directory: directory)]
  }

  /// What is to be listed next.
  struct Portion: Sendable {
    var directory: [UInt8]
    /// The last name of the portion before; nil for the first.
    var after: [UInt8]?
    /// At most so many names.
    var limit: Int
    /// Whether directories are walked: their names end with a slash then.
    var recursive: Bool
  }

  /// Lists a directory that has something or gives the path of the next entry; nil at the end.
  ///
  /// - Parameter list: lists a portion, the place to watch the directory first.
  mutating func next(_ list: (Portion) -> DirectoryListing.Portion) -> Step? {
    while var frame = stack.popLast() {
      if frame.entries.isEmpty {
        if frame.isListed, frame.resumeAfter == nil { continue }
        let listed =
          frame.directory.count > Self.longestPath
          ? DirectoryListing.Portion(error: .nameTooLong)
          : list(
            Portion(
              directory: frame.directory, after: frame.resumeAfter, limit: portion,
              recursive: recursive))
        frame.isListed = true
        (frame.entries, frame.resumeAfter) = (listed.names, listed.resumeAfter)
        if let error = listed.error {
          problems.append(Problem(directory: frame.directory, error: error))
        }
        pending += frame.entries.count
        stack.append(frame)
        if frame.entries.isEmpty { continue }
        return .listed
      }
      let name = frame.entries.removeLast()
      pending -= 1
      stack.append(frame)
      guard name.last == RelativePath.separator else {
        found += 1
        return .found(RelativePath.joined(frame.directory, name))
      }
      stack.append(Frame(directory: RelativePath.joined(frame.directory, name.dropLast())))
    }
    return nil
  }

  /// The same on the caller's own thread.
  ///
  /// - Parameters:
  ///   - openDirectory: opens a directory of the drop directory by its relative path.
  ///   - wants: whether a name takes part at all (patterns).
  ///   - willList: called before a directory is listed.
  mutating func next(
    openDirectory: ([UInt8]) throws(Errno) -> FileDescriptor, wants: ([UInt8], Bool) -> Bool,
    willList: ([UInt8]) -> Void
  ) -> Step? {
    next { portion in
      if portion.after == nil { willList(portion.directory) }
      do throws(Errno) {
        return DirectoryListing.Portion(
          of: try openDirectory(portion.directory), portion, wants: wants)
      } catch {
        return DirectoryListing.Portion(error: error)
      }
    }
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
