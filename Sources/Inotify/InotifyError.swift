// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
internal import Posix

/// What went wrong with a watch, a wait or a mount table, and what to do about it.
package struct InotifyError: Error, Equatable {
  package enum Code: Sendable {
    /// ENOSPC of inotify_add_watch(2): the user has no watches left. The disk is not full.
    case watchLimitReached
    /// EMFILE of inotify_init1(2): no instances left for the user, or no descriptors.
    case instanceLimitReached
    case notADirectory
    case notFound
    case permissionDenied
    /// The kernel's records could not be read; events may be lost, so scan again.
    case malformedEvents
    case other
  }

  package var code: Code
  /// 0 where no system call failed.
  package var errno: Int32
  /// The path of the call, raw bytes; nil where there was none.
  package var path: [UInt8]?
  /// The call or the thing that failed, for the message.
  package var operation: String
  /// The present value of the sysctl that was reached; nil where unknown or not a limit.
  package var limit: Int?

  package init(
    code: Code, errno: Int32, path: [UInt8]?, operation: String, limit: Int? = nil
  ) {
    self.code = code
    self.errno = errno
    self.path = path
    self.operation = operation
    self.limit = limit
  }

  static func malformedEvents(at offset: Int) -> InotifyError {
    InotifyError(
      code: .malformedEvents, errno: 0, path: nil,
      operation: "reading inotify events at byte \(offset)")
  }

  /// Sorts an errno by what the caller can do about it; ENOSPC and EMFILE mean limits only here.
  static func watching(_ path: [UInt8], _ failure: SystemCalls.Failure) -> InotifyError {
    if failure.errno == ENOSPC {
      return InotifyError(
        code: .watchLimitReached, errno: ENOSPC, path: path, operation: "inotify_add_watch",
        limit: KernelLimit.watches.present())
    }
    return general("inotify_add_watch", path, failure)
  }

  static func creating(_ failure: SystemCalls.Failure) -> InotifyError {
    if failure.errno == EMFILE {
      return InotifyError(
        code: .instanceLimitReached, errno: EMFILE, path: nil, operation: "inotify_init1",
        limit: KernelLimit.instances.present())
    }
    return general("inotify_init1", nil, failure)
  }

  static func general(
    _ operation: String, _ path: [UInt8]?, _ failure: SystemCalls.Failure
  ) -> InotifyError {
    let code: Code =
      switch failure.errno {
      case ENOTDIR: .notADirectory
      case ENOENT: .notFound
      case EACCES, EPERM: .permissionDenied
      default: .other
      }
    return InotifyError(code: code, errno: failure.errno, path: path, operation: operation)
  }
}

extension InotifyError: CustomStringConvertible {
  /// What, which path, and the remedy, in one line.
  package var description: String {
    let subject = path.map { "\"\(ReadablePath.text($0))\"" } ?? "the drop directories"
    switch code {
    case .watchLimitReached:
      return "cannot watch \(subject): the limit on inotify watches is reached"
        + KernelLimit.watches.remedy(present: limit)
    case .instanceLimitReached:
      return "cannot watch \(subject): the limit on inotify instances, "
        + "or on open files of the process, is reached"
        + KernelLimit.instances.remedy(present: limit)
    case .notADirectory:
      return "cannot watch \(subject): it, or a part of its path, is not a directory;"
        + " give the path of a directory"
    case .notFound:
      return "cannot watch \(subject): there is no such directory; create it"
    case .permissionDenied:
      return "cannot watch \(subject): permission denied;"
        + " let the user of the service read and enter it (chmod, chgrp or setfacl)"
    case .malformedEvents:
      return "\(operation): the kernel's records are malformed; the directories are to be"
        + " scanned again"
    case .other:
      let place = path.map { " of \"\(ReadablePath.text($0))\"" } ?? ""
      return "\(operation)\(place): \(SystemCalls.explanation(of: errno)) (errno \(errno))"
    }
  }
}
