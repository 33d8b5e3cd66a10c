// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Files that were looked at and need no other look until they change: known by a hash of their
/// path and identity.
///
/// What was skipped for its content would be read again by each scan, what is recorded looked up
/// in the state. Of this process only: another version may read what this one cannot.
final class FamiliarFiles: Sendable {
  /// Ten megabytes; beyond that all are looked at once more.
  private static let limit = 1 << 19

  private let hashes = Mutex<Set<UInt64>>([])

  func insert(_ file: DroppedFile, _ identity: FileIdentity) {
    let hash = Self.hash(file, identity)
    hashes.withLock { hashes in
      if hashes.count >= Self.limit { hashes.removeAll() }
      hashes.insert(hash)
    }
  }

  func contains(_ file: DroppedFile, _ identity: FileIdentity) -> Bool {
    let hash = Self.hash(file, identity)
    return hashes.withLock { $0.contains(hash) }
  }

  /// What is read may be read otherwise from now on.
  func removeAll() { hashes.withLock { $0.removeAll() } }

  /// Whether there are any.
  var isUsed: Bool { hashes.withLock { !$0.isEmpty } }

  private static func hash(_ file: DroppedFile, _ identity: FileIdentity) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(file.drop)
    file.path.withUnsafeBytes { hasher.combine(bytes: $0) }
    hasher.combine(identity)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
