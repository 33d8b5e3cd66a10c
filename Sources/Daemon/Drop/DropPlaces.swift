// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// The drop directories as the workers see them: where they are, and the limits in force.
///
/// Shared by all tasks; a reload changes the limits.
final class DropPlaces: Sendable {
  /// Absolute paths, raw bytes; a drop directory's number is its place here.
  let directories: [[UInt8]]
  /// Documents with fewer words are skipped.
  let minimumWords: Int
  private let limitsInForce: Mutex<FileReader.Limits>

  init(directories: [[UInt8]], minimumWords: Int, limits: FileReader.Limits) {
    self.directories = directories
    self.minimumWords = minimumWords
    limitsInForce = Mutex(limits)
  }

  var limits: FileReader.Limits {
    get { limitsInForce.withLock { $0 } }
    set { limitsInForce.withLock { $0 = newValue } }
  }

  /// Opens a drop directory anew, so that one that was replaced or mounted over is the one read.
  func openRoot(_ drop: Int) throws(Errno) -> FileDescriptor {
    try FileSystemCalls.openDirectory(directories[drop])
  }

  /// Opens a directory of a drop directory, the empty path for itself, following no link.
  ///
  /// Fails when nothing in it could be looked at: its names alone are of no use.
  func open(_ directory: [UInt8], in drop: Int) throws(Errno) -> FileDescriptor {
    var descriptor = try openRoot(drop)
    for component in RelativePath.components(directory) {
      descriptor = try FileSystemCalls.openAt(
        descriptor, component, FileSystemCalls.directoryFlags)
    }
    try FileSystemCalls.requireSearch(descriptor)
    return descriptor
  }
}
