// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Documents
internal import Posix
internal import Synchronization

/// The drop directories as the workers see them: where they are, and the limits in force.
///
/// Shared by all tasks; a reload changes the limits.
final class DropPlaces: Sendable {
  /// Absolute paths, raw bytes; a drop directory's number is its place here.
  let directories: [[UInt8]]
  /// Documents with fewer words are skipped.
  let minimumWords: Int
  /// Whether a recorded file is worth another look: it is to leave, or what was recorded of it may
  /// be forgotten.
  let looksAgain: Bool
  /// Directories of the daemon's own: what is written there is no document, by whatever way it is
  /// found below a drop directory.
  private let own: OwnDirectories
  let familiar = FamiliarFiles()
  let interrupted = InterruptedContainers()
  /// How to ask a drop directory that may not answer; its number is the place.
  let calls: PatientCalls
  private let limitsInForce: Mutex<FileReader.Limits>
  private let extractorsInForce: Mutex<Extractors>
  private let lacksProgram = Mutex(false)

  init(
    directories: [[UInt8]], minimumWords: Int, limits: FileReader.Limits, looksAgain: Bool = false,
    ownDirectories: [[UInt8]] = [], calls: PatientCalls = PatientCalls(),
    extractors: Extractors = .none
  ) {
    self.directories = directories
    self.minimumWords = minimumWords
    self.looksAgain = looksAgain
    own = OwnDirectories(ownDirectories)
    self.calls = calls
    limitsInForce = Mutex(limits)
    extractorsInForce = Mutex(extractors)
  }

  var limits: FileReader.Limits {
    get { limitsInForce.withLock { $0 } }
    set { limitsInForce.withLock { $0 = newValue } }
  }

  var extractors: Extractors {
    get { extractorsInForce.withLock { $0 } }
    set { extractorsInForce.withLock { $0 = newValue } }
  }

  /// A file was skipped that a program could read which is not there.
  func noteMissingProgram() { lacksProgram.withLock { $0 = true } }

  /// Whether there was such a file since the last time that this was asked.
  func takeMissingProgram() -> Bool {
    lacksProgram.withLock { lacks in
      defer { lacks = false }
      return lacks
    }
  }

  /// Whether a directory is one of the daemon's own, where that is there.
  func isOwn(_ identity: DirectoryIdentity) -> Bool {
    own.contains(identity)
  }

  /// Opens a drop directory anew, so that one that was replaced or mounted over is the one read.
  func openRoot(_ drop: Int) throws(Errno) -> FileDescriptor {
    try FileSystemCalls.openDirectory(directories[drop])
  }

  /// Opens a directory of a drop directory, the empty path for itself, following no link.
  ///
  /// Fails when nothing in it could be looked at: its names alone are of no use.
  func open(_ directory: [UInt8], in drop: Int) throws(Errno) -> FileDescriptor {
    let descriptor = try FileSystemCalls.openDirectory(directory, below: try openRoot(drop))
    try FileSystemCalls.requireSearch(descriptor)
    return descriptor
  }
}
