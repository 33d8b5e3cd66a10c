// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Why a daemon gave no answer.
package enum ControlFailure: Error, Sendable, Equatable {
  /// There is no socket, or nobody listens on it.
  case notRunning(String)
  /// There is a socket that this user may not ask on.
  case denied(String)
  case refused(String, errno: Int32)
  case late(String, Duration)
  /// The daemon closed the connection instead of answering.
  case stopped(String)
  case incomprehensible(String)

  init(_ path: String, errno number: Int32) {
    self =
      switch number {
      case ENOENT, ENOTDIR, ECONNREFUSED: .notRunning(path)
      case EACCES, EPERM: .denied(path)
      default: .refused(path, errno: number)
      }
  }

  /// 3 when no daemon runs, 4 when that cannot be told: as LSB wants it of "status".
  package var exitStatus: Int32 { if case .notRunning = self { 3 } else { 4 } }
}

extension ControlFailure: CustomStringConvertible {
  /// One line: what is the case, and what to do.
  package var description: String {
    switch self {
    case .notRunning(let path):
      "no neardupd is running: nothing listens at \(path); start it with systemctl start "
        + "neardupd, or name the state directory of the one you mean with --state-directory"
    case .denied(let path):
      "permission denied: \(path); ask as root or as a member of the daemon's group"
    case .refused(let path, let number): "\(path): \(String(cString: strerror(number)))"
    case .late(let path, let patience):
      "\(path): no answer within \(patience / .seconds(1)) s; is the daemon stopped or hanging?"
    case .stopped(let path): "\(path): the daemon ended before it answered"
    case .incomprehensible(let path):
      "\(path): the answer is not understood; daemon and command are of different versions"
    }
  }
}
