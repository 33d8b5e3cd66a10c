// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB
import Glibc

extension StateStoreError {
  /// SQLite refused; see https://www.sqlite.org/rescode.html for its codes.
  ///
  /// - Parameter systemError: errno(3) of the last system call that SQLite made, 0 for none.
  init(_ error: any Error, path: [UInt8], systemError: Int32 = 0) {
    if let already = error as? StateStoreError {
      self = already
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(.other, path, "\(error)", remedy: "report this as a defect")
      return
    }
    var systemError = systemError
    switch error.resultCode {
    case .SQLITE_CORRUPT: systemError = Self.readError(path)
    case .SQLITE_CANTOPEN where systemError == 0: systemError = Self.readError(path)
    case .SQLITE_IOERR where !Self.isWantOfRoom(systemError) && systemError != EIO:
      // SQLite does not say that a quota or a limit on the size of files was met.
      systemError = StateFiles.writeError(beside: path) ?? systemError
    default: break
    }
    let (code, remedy) = Self.classify(error, systemError: systemError)
    let system = systemError == 0 ? "" : ", \(Self.text(systemError))"
    let message = error.message ?? "no message"
    self.init(
      code, path, "\(message) (SQLite \(error.extendedResultCode.rawValue)\(system))",
      remedy: remedy)
  }

  private static func classify(
    _ error: DatabaseError, systemError: Int32
  ) -> (Code, remedy: String) {
    switch error.resultCode {
    case .SQLITE_FULL:
      return (.full, roomRemedy(systemError))
    case .SQLITE_IOERR where isWantOfRoom(systemError):
      return (.full, roomRemedy(systemError))
    case .SQLITE_IOERR where isWantOfDescriptors(systemError),
      .SQLITE_CANTOPEN where isWantOfDescriptors(systemError):
      return (.cannotOpen, descriptorRemedy(systemError))
    case .SQLITE_IOERR
    where error.extendedResultCode == .SQLITE_IOERR_WRITE && systemError != EIO:
      // It can be written to by now: the same may succeed the next time.
      return (.busy, "look at the kernel's messages about its disk, should it happen again")
    case .SQLITE_IOERR:
      return (.io, "look at the kernel's messages about its disk")
    case .SQLITE_CORRUPT where systemError == EIO:
      return (.io, "look at the kernel's messages about its disk")
    case .SQLITE_CORRUPT:
      return (.corrupt, "bring it back from a copy, or move it away to begin anew")
    case .SQLITE_NOTADB:
      return (.foreign, "move it away, or name another directory with --state-directory")
    case .SQLITE_READONLY:
      return (.readOnly, "give the daemon's user the right to write there")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return (.busy, "find what else has it open (fuser, lsof)")
    case .SQLITE_PERM, .SQLITE_AUTH:
      return (.denied, "give the daemon's user the right to write there")
    case .SQLITE_CANTOPEN where systemError == EACCES || systemError == EPERM:
      return (.denied, "give the daemon's user the right to write there")
    case .SQLITE_CANTOPEN:
      return (.cannotOpen, "see that the directory exists and can be written")
    default:
      return (.other, "report this as a defect")
    }
  }

  private static func isWantOfRoom(_ number: Int32) -> Bool {
    [ENOSPC, EDQUOT, EFBIG].contains(number)
  }

  private static func roomRemedy(_ number: Int32) -> String {
    switch number {
    case EDQUOT: "make room, or raise the quota that holds there"
    case EFBIG: "raise the limit on the size of files (LimitFSIZE=, ulimit -f)"
    default: "make room on its file system"
    }
  }

  private static func isWantOfDescriptors(_ number: Int32) -> Bool {
    [EMFILE, ENFILE].contains(number)
  }

  private static func descriptorRemedy(_ number: Int32) -> String {
    number == EMFILE
      ? "raise the limit on open files of the process (LimitNOFILE=, ulimit -n)"
      : "raise the machine's limit on open files (sysctl fs.file-max)"
  }

  /// A system call on the state directory failed.
  init(call: StaticString, systemError number: Int32, path: [UInt8]) {
    let code: Code
    let remedy: String
    switch number {
    case ENOSPC, EDQUOT, EFBIG: (code, remedy) = (.full, Self.roomRemedy(number))
    case EMFILE, ENFILE: (code, remedy) = (.cannotOpen, Self.descriptorRemedy(number))
    case EROFS: (code, remedy) = (.readOnly, "name a directory that can be written")
    case EACCES, EPERM:
      (code, remedy) = (.denied, "give the daemon's user the right to write there")
    case EIO: (code, remedy) = (.io, "look at the kernel's messages about its disk")
    default: (code, remedy) = (.cannotOpen, "see that the directory exists and can be written")
    }
    self.init(code, path, "\(call): \(Self.text(number))", remedy: remedy)
  }

  /// The same for who only looks at the state: more rights than to read are not what is missing.
  var ofReader: StateStoreError {
    switch code {
    case .denied, .readOnly:
      StateStoreError(
        code, path, reason, remedy: "ask as root or as a member of the daemon's group")
    default: self
    }
  }

  /// What reading the database's first page answers: errno(3), 0 when it can be read.
  ///
  /// SQLite calls a page corrupt that the disk fails to give (SQLITE_IOERR_CORRUPTFS), which sends
  /// an administrator to the backups when the disk is to be looked at.
  private static func readError(_ path: [UInt8]) -> Int32 {
    let file = StateFiles.withPath(path) { open($0, O_RDONLY | O_CLOEXEC) }
    guard file >= 0 else { return errno }
    defer { _ = Glibc.close(file) }
    var byte: UInt8 = 0
    return pread(file, &byte, 1, 0) < 0 ? errno : 0
  }

  private static func text(_ number: Int32) -> String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}
