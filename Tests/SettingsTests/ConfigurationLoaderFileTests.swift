// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationLoaderFileTests {
  @Test func fileIsLookedForWhereItWasAskedFor() throws {
    var scene = ConfigurationScene(toml: "[drop]\nsettle = \"1ms\"")
    scene.files["/conf/neardupd.toml"] = "[drop]\nsettle = \"2ms\""
    scene.files["/env.toml"] = "[drop]\nsettle = \"3ms\""
    scene.files["/home/ed/mine.toml"] = "[drop]\nsettle = \"4ms\""

    #expect(try scene.load().configuration.drop.settle == .milliseconds(1))
    scene.environment["CONFIGURATION_DIRECTORY"] = "/conf:/other"
    #expect(try scene.load().configuration.drop.settle == .milliseconds(2))
    scene.environment["NEARDUPD_CONFIG"] = "/env.toml"
    #expect(try scene.load().configuration.drop.settle == .milliseconds(3))
    scene.overrides.file = "mine.toml"
    let loaded = try scene.load()
    #expect(loaded.configuration.drop.settle == .milliseconds(4))
    #expect(loaded.file == "mine.toml")
    #expect(loaded.origin(of: "drop.settle") == .file("mine.toml", line: 2))
  }

  @Test func fileAtTheUsualPlaceIsOptional() throws {
    let scene = ConfigurationScene(environment: ["CONFIGURATION_DIRECTORY": "/conf"])
    #expect(try scene.load().file == nil)
  }

  @Test func fileThatWasAskedForIsNot() {
    var scene = ConfigurationScene()
    scene.overrides.file = "none.toml"
    #expect(
      scene.failure()?.description
        == "none.toml: there is no such file; option --config names it")
    scene.overrides.file = nil
    scene.environment["NEARDUPD_CONFIG"] = "/none.toml"
    #expect(
      scene.failure()?.description
        == "/none.toml: there is no such file; environment NEARDUPD_CONFIG names it")
  }

  @Test func readersErrorIsPassedOn() {
    let failure = ConfigurationError(.file("x", line: nil), "cannot be read: Permission denied")
    let loader = ConfigurationLoader(
      environment: [:], workingDirectory: "/",
      readFile: { _ throws(ConfigurationError) in throw failure })
    #expect(throws: failure) { try loader.load() }
  }

  @Test(arguments: [
    ("[drop]\nsettel = \"1s\"", "2: drop.settel: unknown key; did you mean drop.settle?"),
    ("\nsettle = \"1s\"", "2: settle: unknown key; did you mean drop.settle?"),
    ("[dorp]\nsettle = \"1s\"", "2: dorp.settle: unknown key; did you mean drop.settle?"),
    ("[dorp]", "1: dorp: unknown key; "),
    ("drop = 5", "1: drop: is a section, not a value; write [drop]"),
    ("[[drop]]\nsettle = \"1s\"", "1: drop: is a section, not a value; write [drop]"),
    ("drop.settle.x = 1", "1: drop.settle: expected a duration such as \"200ms\", found a table"),
    ("[drop.settle]", "1: drop.settle: expected a duration such as \"200ms\", found a table"),
    (
      "[drop]\nsettle = 200",
      "2: drop.settle: expected a duration such as \"200ms\", found the number 200"
    ),
    (
      "[drop]\n\nsettle = \"5 lightyears\"",
      "3: drop.settle: expected a duration such as \"200ms\", found \"5 lightyears\"; "
        + "the units are us, ms, s, min, h, d, w and y"
    ),
    (
      "[drop]\nsettle = \"2h\"",
      "2: drop.settle: \"2h\" is out of range; from \"0\" to \"1h\" is allowed"
    ),
    (
      "[drop]\nmax-size = \"16M\"",
      "2: drop.max-size: expected a size such as \"16MiB\", found \"16M\"; the units are"
    ),
    (
      "[drop]\nmax-size = \"0\"",
      "2: drop.max-size: \"0\" is out of range; from \"1B\" to \"1GiB\" is allowed"
    ),
    (
      "[drop]\nrecursive = \"yes\"",
      "2: drop.recursive: expected true or false, found the string \"yes\""
    ),
    (
      "[drop]\non-delete = \"delete\"",
      "2: drop.on-delete: expected one of \"keep\", \"forget\", found \"delete\""
    ),
    (
      "[drop]\ninclude = \"*.txt\"",
      "2: drop.include: expected a list of patterns such as [\"*.txt\"], "
        + "found the string \"*.txt\""
    ),
    (
      "[drop]\ninclude = [\n\"[a\"]",
      "2: drop.include: the pattern \"[a\" has a [ without its ]"
    ),
    ("[drop]\nexclude = [1]", "2: drop.exclude: expected a list of patterns"),
    ("[drop]\ndirectories = []", "2: drop.directories: at least one directory is needed"),
    (
      "[drop]\nmove-to = 2024-01-31",
      "2: drop.move-to: no key takes a date or a time; put text into quotes"
    ),
    ("[drop]\nmove-to = 20240131", "2: drop.move-to: expected a path"),
    ("[state]\ndirectory = \"\"", "2: state.directory: the path is empty"),
    (
      "[pipeline]\nworkers = -1",
      "2: pipeline.workers: -1 is out of range; from 0 to 1024 is allowed"
    ),
    ("[pipeline]\nworkers = 1.5", "2: pipeline.workers: expected a whole number, found the"),
    ("[detection]\nthreshold = inf", "2: detection.threshold: inf is out of range"),
    ("[log]\nlevel = \"loud\"", "2: log.level: expected one of \"trace\", "),
    ("[drop]\nafter = \"move-to\"", "2: drop.after: \"move-to\" needs a directory to move to; "),
    ("[drop\n", "1: "),
  ])
  func errorsNameFileLineKeyAndReason(toml: String, expected: String) throws {
    let error = try #require(ConfigurationScene(toml: toml).failure())
    let prefix = "\(ConfigurationLoader.defaultFile):\(expected)"
    #expect(error.description.hasPrefix(prefix), "\(error)")
    #expect(error.further.isEmpty)
    #expect(ConfigurationError.exitStatus == 78)
  }

  @Test func wholeNumberServesAsANumber() throws {
    let loaded = try ConfigurationScene(toml: "detection.threshold = 1").load()
    #expect(loaded.configuration.detection.threshold == 1)
  }

  @Test func allErrorsComeAtOnceInOrderOfLines() throws {
    let toml = "[log]\nlevle = \"info\"\n[drop]\nsettle = 5\nmax-size = 7\n"
    let error = try #require(ConfigurationScene(toml: toml).failure())
    #expect(([error] + error.further).map(\.line) == [2, 4, 5])
    #expect(error.description.split(separator: "\n").count == 3)
  }

  @Test func errorsAreNotWithoutEnd() throws {
    let toml = (0..<1000).map { "key\($0) = 1" }.joined(separator: "\n")
    let error = try #require(ConfigurationScene(toml: toml).failure())
    #expect(error.further.count == 20)
  }

  @Test(arguments: ["", "# nothing\n", "[drop]\n[log]\n[state]\n", "\u{FEFF}[drop]\r\n"])
  func fileThatSetsNothingGivesTheDefaults(toml: String) throws {
    let loaded = try ConfigurationScene(toml: toml).load()
    #expect(loaded.configuration == DaemonConfiguration())
    #expect(loaded.file == ConfigurationLoader.defaultFile)
  }
}
