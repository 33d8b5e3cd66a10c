// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Posix

/// The state of one drop directory as the intake sees it.
struct DropRoot {
  enum Mode: Equatable {
    /// inotify reports everything.
    case watching
    /// Scanned again and again, with the reason.
    case polling(reason: String)
    /// Not there, or not readable: looked for every second.
    case missing(reason: String)
    /// Its file system does not answer: left alone until it does.
    case hanging(reason: String)
  }

  let number: Int
  /// Absolute, raw bytes.
  let path: [UInt8]
  var mode: Mode = .missing(reason: "not looked at yet")
  /// What is watched: another directory under the same name means that it was replaced, or that
  /// something was mounted over it or over what it lies in.
  var identity = DirectoryIdentity(device: 0, inode: 0)
  /// What it lies in, itself first.
  var chain: [DirectoryIdentity] = []
  /// Mount points at or below it.
  var mountPoints: [[UInt8]] = []
  /// Why polling is needed besides the file system's kind: a watch could not be had.
  var watchFailure: String?
  /// What the file system of each device in it is; a mount here or there may change it.
  var kinds: [UInt64: FileSystemKind] = [:]
  /// Directories below it where inotify does not see everything, though it does in the drop
  /// directory itself: the topmost of each mount.
  var blind: [[UInt8]: FileSystemKind] = [:]
  /// Directories that cannot be listed.
  var unlisted = UnlistedDirectories()

  var scan: DirectoryScanner?
  /// Another scan is due when the present one ends.
  var scanAgain = false
  /// When to scan again because the machine was short of something; nil when it was not.
  var retryScan: UInt64?
  /// When the next scan is due, on the monotonic clock; nil for never.
  var nextScan: UInt64?
  /// When what inotify does not see below is to be scanned; nil when there is nothing of it.
  var nextPoll: UInt64?
  /// When to see whether its name still leads to it; a link or a mount on the way gives no event.
  var nextLook: UInt64 = 0
  /// Not before this: scans that overflows ask for must not take all the time there is.
  var earliestScan: UInt64 = 0
  var scanStarted: UInt64 = 0
  /// A search for files that were deleted, where deletions count.
  var sweep: DeletionSweep?
  /// How far the horizon was when files of what has expired were looked for last.
  var sweptThrough: UInt32 = 0

  init(number: Int, path: [UInt8]) {
    self.number = number
    self.path = path
  }

  var name: String { ReadablePath.text(path) }

  var isMissing: Bool { if case .missing = mode { true } else { false } }

  var isHanging: Bool { if case .hanging = mode { true } else { false } }

  /// Whether there is a directory to be worked on.
  var isThere: Bool { !isMissing && !isHanging }

  /// Whether others than this host may write a file (`FileSystemKind.changesUnseen`): then its
  /// server may also cease to answer.
  func changesUnseen(_ path: [UInt8]) -> Bool {
    if kinds[identity.device]?.changesUnseen ?? false { return true }
    return blind.contains { $0.value.changesUnseen && RelativePath.isInside(path, $0.key) }
  }

  /// Notes what the file system of a directory is.
  mutating func note(_ kind: FileSystemKind?, _ directory: [UInt8], _ found: DirectoryIdentity) {
    if let kind { kinds[found.device] = kind }
    guard !directory.isEmpty, found.device != identity.device, let kind = kinds[found.device],
      kind.blindSpot != nil, kind.blindSpot != kinds[identity.device]?.blindSpot
    else { return }
    if blind.keys.contains(where: { $0 == directory || RelativePath.isInside(directory, $0) }) {
      return
    }
    blind[directory] = kind
  }

  /// Why parts of it are polled; nil when none are.
  var blindness: String? {
    let first = blind.min { $0.key.lexicographicallyPrecedes($1.key) }
    return first.flatMap { path, kind in
      kind.blindSpot.map { "polling \(ReadablePath.text(path)) in it (\($0))" }
    }
  }
}

/// The directories of a drop directory that cannot be listed: told of when it begins and when it
/// ends, however often they are tried between.
struct UnlistedDirectories {
  /// More are not told of one by one.
  static let limit = 256

  private var attempts: [[UInt8]: Int] = [:]
  /// Those that the present scan has found so.
  private var found: Set<[UInt8]> = []

  var count: Int { attempts.count }

  /// Notes that a directory cannot be listed; true when that is to be told.
  mutating func note(_ directory: [UInt8]) -> Bool {
    found.insert(directory)
    if let count = attempts[directory] {
      attempts[directory] = count + 1
      return false
    }
    guard attempts.count < Self.limit else { return false }
    attempts[directory] = 1
    return true
  }

  /// Notes that a directory was listed; answers how often it could not be, nil when it was not
  /// told.
  mutating func listed(_ directory: [UInt8]) -> Int? {
    attempts.isEmpty ? nil : attempts.removeValue(forKey: directory)
  }

  /// A whole scan has ended: what it did not come by is gone.
  mutating func scanEnded() {
    attempts = attempts.filter { found.contains($0.key) }
    found = []
  }
}
