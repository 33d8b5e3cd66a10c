// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Posix
internal import StateStore

/// A failure to write that passes when somebody makes room, or mends a directory or a name.
struct WriteTrouble {
  var path: String
  var reason: String
  var remedy: String
  /// Whether room is what it takes.
  var isFull: Bool

  /// For STATUS=.
  func status(bytesNeeded: Int) -> String {
    let need = bytesNeeded > 0 ? ", \(bytesNeeded) bytes needed" : ""
    return "cannot write \(path): \(reason)\(need)"
  }

  /// nil for what waiting does not mend.
  init?(_ error: any Error) {
    switch error {
    case let error as StateStoreError where Self.passing.contains(error.code):
      (path, reason) = (ReadablePath.text(error.path), error.reason)
      (remedy, isFull) = (error.remedy, error.code == .full)
    case let error as ClusterLogError where error.code != .failed:
      (path, reason) = (ReadablePath.text(error.path), error.reason)
      (remedy, isFull) = (error.remedy, error.code == .full)
    default: return nil
    }
  }

  private static let passing: [StateStoreError.Code] = [
    .full, .busy, .readOnly, .cannotOpen, .replaced,
  ]

  /// What the daemon ends with: the error's own words, and the status of the contract.
  static func fatal(_ error: any Error) -> any Error {
    switch error {
    case let error as StateStoreError: DaemonFailure(state: error)
    case let error as ClusterLogError: DaemonFailure(.inputOutput, error.description)
    default: error
    }
  }
}
