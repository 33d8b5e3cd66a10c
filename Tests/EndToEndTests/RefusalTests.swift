// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("Refusal", .tags(.service, .badInput), .timeLimit(.minutes(10)))
struct RefusalTests {
  /// Runs the daemon where it must not come up; expects no READY and answers what it said.
  private func refused(
    _ daemon: RunningDaemon, _ allowed: [Int32],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let status = try daemon.waitForExit()
    #expect(allowed.map { ExitStatus.exited($0) }.contains(status), sourceLocation: sourceLocation)
    #expect(!daemon.messages.contains { $0.isReady }, sourceLocation: sourceLocation)
    return daemon.standardError
  }

  @Test("with --once a drop directory that is not there is named, with what to do")
  func missingDropDirectory() throws {
    let places = try Workplace()
    let missing = places.path("not-there")
    let options =
      ["--config", places.configuration, "--drop-directory", missing]
      + ["--state-directory", places.state, "--cluster-log", places.log]
    let daemon = try RunningDaemon(options + ["--once"], log: places.log)
    let said = try refused(daemon, [78])
    #expect(said.contains(missing))
    // Sent just before the end, so that it may be on its way still.
    try daemon.waitForStatus(containing: missing)
    #expect(!daemon.messages.contains { $0["ERRNO"] != nil }, "no system call's number is known")
  }

  @Test("a drop directory that is a file is named")
  func dropDirectoryIsFile() throws {
    let places = try Workplace()
    try FileSystem.write("text".utf8, to: places.path("file"))
    let options = ["--config", places.configuration, "--drop-directory", places.path("file")]
    let daemon = try RunningDaemon(
      options + ["--state-directory", places.state, "--cluster-log", places.log],
      log: places.log)
    #expect(try refused(daemon, [78]).contains(places.path("file")))
  }

  @Test("state that cannot be made is named")
  func stateUnderFile() throws {
    let places = try Workplace()
    try FileSystem.write("text".utf8, to: places.path("file"))
    let state = "\(places.path("file"))/state"
    let daemon = try places.launch(["--state-directory", state])
    #expect(try refused(daemon, [73, 74]).contains(state))
  }

  @Test(
    "a state directory without write permission is named",
    .enabled(if: SkippedTests.canLosePower, "root cannot give up its capabilities here"))
  func stateNotWritable() throws {
    let places = try Workplace()
    try FileSystem.setMode(places.state, 0o555)
    let daemon = try places.launch(launcher: geteuid() == 0 ? SkippedTests.powerless : [])
    #expect(try refused(daemon, [73, 74]).contains(places.state))
  }

  @Test("a cluster log that cannot be opened is named")
  func logIsDirectory() throws {
    let places = try Workplace()
    try FileSystem.makeDirectory(places.log)
    let daemon = try places.launch()
    #expect(try refused(daemon, [73, 74]).contains(places.log))
  }

  @Test("a second instance ends with 75 and leaves the first alone", arguments: [false, true])
  func secondInstance(once: Bool) throws {
    let places = try Workplace()
    let first = try places.start()
    let second = try places.launch(once ? ["--once"] : [])
    #expect(try refused(second, [75]).contains(places.state))
    try places.deliver(Fixtures.wireStory("a-site-copy.txt"), as: "story.txt")
    try first.waitForRecords(1)
    #expect(try first.stop() == .exited(0))
  }

  @Test("the lock goes with the process, however it ends")
  func lockAfterKill() throws {
    let places = try Workplace()
    try places.start().killHard()
    #expect(try places.start().stop() == .exited(0))
  }

  @Test(
    "an option that is not known is a usage error",
    arguments: [["--frobnicate"], ["--drop-directory"], ["--log-level", "shout"]])
  func usage(arguments: [String]) throws {
    let places = try Workplace()
    let daemon = try places.launch(arguments)
    #expect(try refused(daemon, [64]).isEmpty == false)
  }

  @Test("an unknown key is refused with file, line, key and the nearest known one")
  func unknownKey() throws {
    let places = try Workplace()
    try FileSystem.write(
      "[drop]\nrecursive = true\nsetle = \"1s\"\n".utf8, to: places.configuration)
    for more in [[], ["--check-config"]] {
      let daemon = try places.launch(more)
      #expect(try daemon.waitForExit() == .exited(78))
      let said = daemon.standardError + daemon.standardOutput
      #expect(said.contains("\(places.configuration):3: drop.setle: "), "\(said)")
      #expect(said.contains("did you mean drop.settle?"), "\(said)")
    }
  }

  @Test("a value of the wrong kind is refused with file and key")
  func badValue() throws {
    let places = try Workplace(settings: ["drop": "settle = \"soon\""])
    let daemon = try places.launch(["--check-config"])
    #expect(try daemon.waitForExit() == .exited(78))
    let said = daemon.standardError + daemon.standardOutput
    #expect(said.contains(places.configuration))
    #expect(said.contains("settle"))
  }

  @Test("a configuration file that was asked for and is not there is refused")
  func missingConfiguration() throws {
    let places = try Workplace()
    try FileSystem.remove(places.configuration)
    #expect(try refused(try places.launch(), [78]).contains(places.configuration))
  }

  @Test("--check-config prints what is in force and where it comes from")
  func checkConfig() throws {
    let places = try Workplace(settings: ["drop": "settle = \"345ms\""])
    let daemon = try places.launch(
      ["--check-config"], environment: ["NEARDUPD_LOG_LEVEL": "debug"])
    #expect(try daemon.waitForExit() == .exited(0))
    let lines = daemon.standardOutput.split(separator: "\n")
    func line(_ key: String) -> Substring { lines.first { $0.contains(key) } ?? "" }
    #expect(line("settle").contains("345ms"))
    #expect(line("settle").contains(places.configuration))
    #expect(line("directories").contains(places.drop))
    #expect(line("directories").contains("--drop-directory"))
    #expect(line("max-size").contains("default"))
    #expect(line("level").contains("NEARDUPD_LOG_LEVEL"))
    #expect(!FileSystem.exists(places.log), "checking must not make anything")
  }
}
