// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// The package to test: NEARDUPD_PACKAGE, else one that is made of the programs under test.
struct DebianPackage {
  let path: String
  let directory: String
  private let keeping: TemporaryDirectory?

  static let isPossible = access("/usr/bin/dh", X_OK) == 0

  static func make() throws -> DebianPackage {
    if let named = getenv("NEARDUPD_PACKAGE") {
      let path = String(cString: named)
      return DebianPackage(path: path, directory: Sources.parent(path), keeping: nil)
    }
    return try makeAnew()
  }

  /// One that is made of the programs under test, in a directory of its own.
  static func makeAnew() throws -> DebianPackage {
    let output = try TemporaryDirectory()
    let process = try ChildProcess(
      Sources.script("package"), ["--programs", Sources.programs, "--output", output.path],
      environment: ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"])
    let status = try process.waitForExit(within: 300)
    guard status == .exited(0) else {
      throw CommandFailure(command: "package", status: status, said: process.standardError)
    }
    let path = process.standardOutput.prefix { $0 != "\n" }
    return DebianPackage(path: String(path), directory: output.path, keeping: output)
  }
}
