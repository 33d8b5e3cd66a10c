// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Bytes as gzip(1) compresses them, which logrotate(8) calls.
package enum GzipFile {
  package static func compressed(_ bytes: some Sequence<UInt8>) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    let plain = directory.path("plain")
    try FileSystem.write(Array(bytes), to: plain)
    let process = try ChildProcess(
      "/usr/bin/gzip", ["-n", plain], environment: ["PATH": "/usr/bin:/bin"])
    let status = try process.waitForExit(within: 60)
    precondition(status == .exited(0), "gzip: \(process.standardError)")
    return try FileSystem.read(plain + ".gz")
  }
}
