// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What went wrong with the state: which file, why, and what an administrator can do.
package struct StateStoreError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of trouble, for those who must act on them.
  package enum Code: Sendable, Equatable {
    /// No room on the file system; the same batch can be committed again.
    case full
    /// Reading or writing failed; the same batch can be committed again.
    case io
    /// The database is damaged.
    case corrupt
    /// The file system or the file cannot be written.
    case readOnly
    /// Another process holds the database.
    case busy
    /// No permission.
    case denied
    /// The directory or file cannot be opened or made.
    case cannotOpen
    /// The database that is open is not under its name any more: deleted, moved, or another's.
    case replaced
    /// The file is not a state database.
    case foreign
    /// A newer version of the daemon made the database.
    case newerVersion(found: Int, supported: Int)
    /// The fingerprints are of another scheme; the two cannot be compared.
    case otherScheme(found: Int, expected: Int)
    /// A batch does not continue what is stored: a defect of the caller; nothing was changed.
    case outOfOrder
    /// Another daemon runs on this state directory; its process id when it could be read.
    case heldByAnotherInstance(pid: Int32?)
    /// No such drop directory is known, or one that is not to be.
    case unknownDrop
    /// SQLite refused for another reason.
    case other
  }

  /// The kind.
  package let code: Code
  /// The file's or directory's name, raw bytes.
  package let path: [UInt8]
  /// What happened, in words.
  package let reason: String
  /// What to do about it, in words.
  package let remedy: String

  init(_ code: Code, _ path: [UInt8], _ reason: String, remedy: String) {
    self.code = code
    self.path = path
    self.reason = reason
    self.remedy = remedy
  }

  /// One line: file, reason, remedy.
  package var description: String {
    "state \(String(decoding: path, as: UTF8.self)): \(reason); \(remedy)"
  }

  /// Whether the same call can succeed later without anything but room or a working disk.
  package var isTransient: Bool {
    switch code {
    case .full, .io, .busy: true
    default: false
    }
  }
}
