// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

@testable import ClusterLog

/// A log in a directory of its own, and what a test does to it.
final class LogPlace {
  let directory: TemporaryDirectory
  init() throws { directory = try TemporaryDirectory() }

  var log: String { directory.path("clusters.jsonl") }
  var name: [UInt8] { Array(log.utf8) }

  /// The name of a part that a rotation made.
  func part(_ suffix: String) -> [UInt8] { Array((log + suffix).utf8) }

  func content(_ suffix: String = "") throws -> [UInt8] { try FileSystem.read(log + suffix) }

  func write(_ bytes: some Sequence<UInt8>, _ suffix: String = "") throws {
    try FileSystem.write(bytes, to: log + suffix)
  }

  /// As logrotate(8) leaves a part behind.
  func writeCompressed(_ bytes: [UInt8], _ suffix: String) throws {
    try write(GzipFile.compressed(bytes), suffix)
  }

  /// Opens the log and recovers it, as the daemon does at start.
  func recover(
    pending: [[UInt8]], next: UInt64
  ) throws(ClusterLogError) -> RecoveryReport {
    var file = try ClusterLogFile(path: name)
    return try file.recover(pending: pending, nextSequence: next)
  }
}
