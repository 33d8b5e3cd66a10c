// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser
internal import Glibc

extension CommandOutcome {
  /// Prints what a command has to say and ends as it wants to.
  func finish() throws {
    print(output, terminator: "")
    for message in messages {
      let line = Array("neardup: \(message)\n".utf8)
      _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
    if exitStatus != 0 { throw ExitCode(exitStatus) }
  }
}
