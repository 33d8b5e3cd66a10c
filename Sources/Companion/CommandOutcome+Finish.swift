// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser

extension CommandOutcome {
  /// Prints what a command has to say and ends as it wants to.
  func finish() throws {
    for message in messages { StandardOutput.tell(message) }
    try StandardOutput.finishing { try StandardOutput.write(output.utf8) }
    if exitStatus != 0 { throw ExitCode(exitStatus) }
  }
}

extension StandardOutput {
  /// Runs what writes to standard output, and turns what it throws into how the command ends.
  static func finishing(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch Failure.closed {
      // Who closed the pipe has read enough.
      throw ExitCode.success
    } catch {
      let failure = CommandFailure(error)
      tell(failure.description)
      throw ExitCode(failure.exitStatus)
    }
  }
}
