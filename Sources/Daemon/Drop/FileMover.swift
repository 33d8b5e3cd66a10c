// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Moves recorded files out of the drop directory (`after = "move-to"`), below the same names.
struct FileMover {
  /// Absolute, raw bytes; on the same file system as the drop directories.
  private let target: [UInt8]
  private let places: DropPlaces

  init(target: [UInt8], places: DropPlaces) {
    self.target = target
    self.places = places
  }

  enum Outcome: Equatable {
    case moved
    /// Gone, or of other content than was recorded: that is another matter, and is left alone.
    case changed
  }

  /// Moves a file that still has the recorded content.
  ///
  /// A name that is taken gets a number. Looked at again after the move: a writer that replaced
  /// the file in between gets it back, so that nothing leaves unrecorded.
  func move(_ file: DroppedFile, recordedAs identity: FileIdentity) throws(Errno) -> Outcome {
    let components = RelativePath.components(file.path)
    guard let name = components.last.map({ Array($0) }) else { return .changed }
    let parent = Array(file.path.dropLast(components.count > 1 ? name.count + 1 : name.count))
    let source = try places.open(parent, in: file.drop)
    guard try isRecorded(name, in: source, identity) else { return .changed }
    let directory = try targetDirectory(components.dropLast().map { Array($0) })
    let newName = try freeName(name, in: directory)
    try FileSystemCalls.rename(name, in: source, to: newName, in: directory)
    guard try isRecorded(newName, in: directory, identity) else {
      try FileSystemCalls.rename(newName, in: directory, to: name, in: source)
      return .changed
    }
    return .moved
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

  private func targetDirectory(_ components: [[UInt8]]) throws(Errno) -> FileDescriptor {
    var directory = try FileSystemCalls.openDirectory(target)
    for component in components {
      try FileSystemCalls.makeDirectory(component, in: directory)
      directory = try FileSystemCalls.openAt(
        directory, component, FileSystemCalls.directoryFlags)
    }
    return directory
  }

  /// The name, or the name with the smallest number that is free: "a.txt.2".
  private func freeName(
    _ name: [UInt8], in directory: borrowing FileDescriptor
  ) throws(Errno) -> [UInt8] {
    var candidate = name
    var number = 1
    while true {
      do throws(Errno) {
        _ = try FileSystemCalls.status(candidate, in: directory)
      } catch {
        if error == .notFound { return candidate }
        throw error
      }
      number += 1
      candidate = name + Array(".\(number)".utf8)
    }
  }
}
