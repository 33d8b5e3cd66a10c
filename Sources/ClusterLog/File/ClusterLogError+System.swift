// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

extension ClusterLogError {
  /// A system call on the log failed.
  init(_ error: SystemError, path: [UInt8]) {
    let code: Code
    let remedy: String
    switch error.number {
    case ENOSPC:
      (code, remedy) = (.full, "make room on its file system")
    case EDQUOT:
      (code, remedy) = (.full, "make room, or raise the quota that holds there")
    case EFBIG:
      (code, remedy) = (.full, "rotate it, or raise the limit on the size of files (LimitFSIZE=)")
    case EMFILE, ENFILE:
      (code, remedy) = (.scarce, "raise the limit on open files (LimitNOFILE=, ulimit -n)")
    case EACCES, EPERM, EROFS:
      (code, remedy) = (.denied, "give the daemon's user the right to write there")
    case ENOENT, ENOTDIR:
      (code, remedy) = (.missingDirectory, "create its directory")
    case ELOOP, ENXIO, EISDIR:
      (code, remedy) = (.notRegular, "name a regular file, not a link, directory or device")
    default:
      (code, remedy) = (.failed, "look at the kernel's messages about its disk")
    }
    self.init(code, path, error.text, remedy: remedy, systemError: error.number)
  }

  /// A file could not be read by whoever looks at the result.
  static func unreadable(_ error: SystemError, path: [UInt8]) -> Self {
    switch error.number {
    case EACCES, EPERM:
      Self(
        .denied, path, error.text, remedy: "ask as root or as a member of the daemon's group",
        systemError: error.number)
    case ENOENT, ENOTDIR:
      Self(
        .missing, path, error.text, remedy: "name the log with --cluster-log",
        systemError: error.number)
    default: Self(error, path: path)
    }
  }

  /// A compressed part, and gzip cannot be started.
  static func noGzip(_ error: SystemError, path: [UInt8]) -> Self {
    Self(
      .compressed, path, "gzip cannot be started (\(error.text))",
      remedy: "install gzip, or put the unpacked file in its place",
      systemError: error.number)
  }

  static func damaged(_ path: [UInt8]) -> Self {
    Self(
      .compressed, path, "it is damaged or cut short: gzip cannot unpack all of it",
      remedy: "look at it with gzip --test, bring it back from a copy or move it away")
  }

  static func unknownCompression(_ path: [UInt8]) -> Self {
    Self(
      .compressed, path, "only gzip's compression is read",
      remedy: "put the unpacked file in its place")
  }

  /// - Parameter holder: The process that has it, where the kernel says so.
  static func held(_ path: [UInt8], by holder: Int32?) -> Self {
    let who = holder.map { "process \($0)" } ?? "another process"
    return Self(
      .heldByAnotherInstance, path, "\(who) writes this cluster log",
      remedy: "stop it, or name another file with --cluster-log")
  }

  static func notRegular(_ path: [UInt8]) -> Self {
    Self(.notRegular, path, "is not a regular file", remedy: "name a regular file")
  }

  static func foreign(_ path: [UInt8], offset: Int) -> Self {
    Self(
      .foreign, path, "what begins at byte \(offset) is not a cluster-log record",
      remedy: "move the file away, or name another with --cluster-log")
  }

  static func ahead(_ path: [UInt8], sequence: UInt64, next: UInt64) -> Self {
    Self(
      .ahead, path,
      "it has record \(sequence), but the next one of the state directory is \(next)",
      remedy: "move the log away, or bring back the state directory that belongs to it")
  }

  static func conflict(_ path: [UInt8], sequence: UInt64) -> Self {
    Self(
      .conflict, path, "record \(sequence) is not the one in the state directory",
      remedy: "move the log away, or bring back the state directory that belongs to it")
  }

  static func invalidPending(_ path: [UInt8]) -> Self {
    Self(
      .conflict, path, "the lines kept in the state directory are not whole, numbered lines",
      remedy: "bring back the state directory from a copy")
  }
}
