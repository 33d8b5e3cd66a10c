// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What went wrong with the cluster log: which file, why, and what an administrator can do.
package struct ClusterLogError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of trouble, for those who must act on them.
  package enum Code: Sendable, Equatable {
    /// No room on the file system, in the quota or under the size limit; try the same bytes again.
    case full
    /// The system refused for another reason; the same bytes may be tried again.
    case failed
    /// No descriptor is left; the same call may succeed later.
    case scarce
    /// The directory of the log does not exist.
    case missingDirectory
    /// There is no such file to read.
    case missing
    /// No permission.
    case denied
    /// Another process writes to it.
    case heldByAnotherInstance
    /// The name is a link, a directory, a device or a FIFO.
    case notRegular
    /// The file holds something that this daemon has not written.
    case foreign
    /// The log has records that the state directory does not know.
    case ahead
    /// A rotated part is compressed in a way that is not read, or damaged.
    case compressed
    /// Lines of the log differ from what the state directory says they are.
    case conflict
  }

  /// The kind.
  package let code: Code
  /// The file's name, raw bytes.
  package let path: [UInt8]
  /// What happened, in words.
  package let reason: String
  /// What to do about it, in words.
  package let remedy: String
  /// errno(3), 0 when no system call failed.
  package let systemError: Int32

  init(_ code: Code, _ path: [UInt8], _ reason: String, remedy: String, systemError: Int32 = 0) {
    self.code = code
    self.path = path
    self.reason = reason
    self.remedy = remedy
    self.systemError = systemError
  }

  /// One line: file, reason, remedy.
  package var description: String {
    "cluster log \(String(decoding: path, as: UTF8.self)): \(reason); \(remedy)"
  }
}
