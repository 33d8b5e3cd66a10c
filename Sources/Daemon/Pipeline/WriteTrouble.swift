// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import StateStore

/// A failure to write that passes by itself, when somebody makes room.
struct WriteTrouble {
  var path: String
  var reason: String

  /// For STATUS=.
  var status: String { "cannot write \(path): \(reason)" }

  /// nil for what waiting does not mend.
  init?(_ error: any Error) {
    switch error {
    case let error as StateStoreError where [.full, .busy, .readOnly].contains(error.code):
      (path, reason) = (RelativePath.forDisplay(error.path), error.reason)
    case let error as ClusterLogError
    where error.code == .full || error.systemError == EROFS:
      (path, reason) = (RelativePath.forDisplay(error.path), error.reason)
    default: return nil
    }
  }

  /// What the daemon ends with: the error's own words, and the status of the contract.
  static func fatal(_ error: any Error) -> any Error {
    switch error {
    case let error as StateStoreError: DaemonFailure(.inputOutput, error.description)
    case let error as ClusterLogError: DaemonFailure(.inputOutput, error.description)
    default: error
    }
  }
}
