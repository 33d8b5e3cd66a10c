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

  @Test("what looks at the fleet is a package of its own, and who lacks it is told so")
  func fleetWithoutLink() throws {
    let places = try TemporaryDirectory()
    let program = places.path("neardup")
    let copy = try ChildProcess(
      "/bin/cp", [BuiltProgram.companion.path, program], environment: DaemonBinary.environment)
    #expect(try copy.waitForExit(within: 30) == .exited(0))
    var environment = DaemonBinary.environment
    environment["PATH"] = places.path
    let process = try ChildProcess(program, ["fleet", "status"], environment: environment)
    #expect(try process.waitForExit(within: 30) == .exited(69))
    #expect(process.standardError.contains("install the package neardup-link"))
  }
}
