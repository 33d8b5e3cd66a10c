// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import StateStore

/// What the state knows of files, for tasks that do not own it.
package protocol KnownFiles: Sendable {
  /// Whether the file is recorded in just this state, so that it need not be read.
  func isRecorded(_ file: DroppedFile, _ identity: FileIdentity) -> Bool
  /// Whether a member of a container is recorded with these bytes, so that it need not be read.
  func isRecorded(_ member: DroppedFile, digest: [UInt8]) -> Bool
}

/// Asks the state.
struct RecordedFiles: KnownFiles {
  let reader: StateReader
  /// The state's number of each drop directory.
  let dropNumbers: [UInt32]
  /// All files that the state has; nil to ask the state itself every time.
  var names: RecordedNames?

  func isRecorded(_ file: DroppedFile, _ identity: FileIdentity) -> Bool {
    // What cannot be looked up is read once more; the deciding task then sees that it is known.
    guard let known = try? stored(file) else { return false }
    if known.key.isForgotten { return FileIdentity(known).hasSameContentStamp(as: identity) }
    // A file that could not be read is worth another try whenever it comes up.
    return known.isSettled && FileIdentity(known) == identity
  }

  func isRecorded(_ member: DroppedFile, digest: [UInt8]) -> Bool {
    guard let known = try? stored(member) else { return false }
    return known.isSettled && known.sha256 == digest || known.isForgotten(digest)
  }

  func stored(_ file: DroppedFile) throws -> StoredFile? {
    try stored(FileKey(drop: dropNumbers[file.drop], path: file.path)) ?? forgotten(file)
  }

  /// What is kept of a file whose document was forgotten.
  func forgotten(_ file: DroppedFile) throws -> StoredFile? {
    if names?.areForgotten == false { return nil }
    return try stored(FileKey(drop: dropNumbers[file.drop], path: file.path).forgotten)
  }

  private func stored(_ key: FileKey) throws -> StoredFile? {
    if let names, !names.mayContain(key) { return nil }
    return try reader.knownFile(key)
  }
}

extension FileIdentity {
  /// The state of the file when it was recorded.
  package init(_ stored: StoredFile) {
    self.init(
      device: stored.device, inode: stored.inode, size: Int64(stored.size),
      modified: stored.modified, changed: stored.changed)
  }
}
