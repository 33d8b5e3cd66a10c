// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// A package has one program and a link to it.
@Suite("Program name", .timeLimit(.minutes(10)))
struct ProgramNameTests {
  private func usage(calledAs name: String) throws -> String {
    let places = try TemporaryDirectory()
    let link = places.path(name)
    try FileSystem.makeSymbolicLink(at: link, to: DaemonBinary.path)
    let process = try ChildProcess(link, ["--help"], environment: DaemonBinary.environment)
    #expect(try process.waitForExit(within: 30) == .exited(0))
    return process.standardOutput
  }

  @Test func calledAsNeardupItIsTheCompanion() throws {
    let usage = try usage(calledAs: "neardup")
    #expect(usage.contains("USAGE: neardup <subcommand>"))
    #expect(usage == (try ProgramRun(["--help"]).standardOutput))
  }

  @Test(arguments: ["neardupd", "neardupd-next", "neardup2"])
  func calledByAnyOtherNameItIsTheDaemon(name: String) throws {
    #expect(try usage(calledAs: name).contains("USAGE: neardupd "))
  }
}
