// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Schema", .timeLimit(.minutes(10)))
struct SchemaTests {
  private static let validator = """
    import json, sys, jsonschema
    check = jsonschema.Draft202012Validator(json.load(open(sys.argv[1])))
    for line in open(sys.argv[2], encoding="utf-8", newline="\\n"):
        for error in check.iter_errors(json.loads(line)):
            print(error.message, line)
    """

  private static let python = Python(with: "jsonschema")

  private func mixed() throws -> Workplace {
    let places = try Workplace(settings: ["drop": "max-size = \"64KiB\""])
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: "again/a.txt")
    try places.write([], to: "empty.txt")
    try FileSystem.write(
      Fixtures.wireStory("c-spun.txt"), in: places.drop, name: [0x63, 0xE9, 0x0A, 0x22])
    try FileSystem.makeFIFO(places.inDrop("fifo"))
    #expect(try places.runOnce() == .exited(0))
    try places.write(Fixtures.boilerplate("page-bees.txt"), to: "empty.txt")
    try places.write(Fixtures.boilerplate("page-library.txt"), to: "c-spun.txt")
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  @Test("every line is what the JSON Schema allows")
  func structure() throws {
    let lines = try mixed().lines()
    #expect(lines.all.count >= 11)
    #expect(lines.skipped.count == 2)
    try expectSound(lines)
  }

  @Test(
    "an independent validator agrees",
    .enabled(if: python != nil, "python3 has no jsonschema (Debian: python3-jsonschema)"))
  func independent() throws {
    let places = try mixed()
    let run = try #require(Self.python).start(
      ["-c", Self.validator, Fixtures.clusterLogSchema, places.log])
    #expect(try run.waitForExit(within: 20) == .exited(0), "\(run.standardError)")
    #expect(run.standardOutput == "")
  }

  @Test("times do not run backwards and lines have no line end inside")
  func times() throws {
    let lines = try mixed().lines()
    let times = lines.all.compactMap { $0["time"]?.string }
    #expect(times == times.sorted())
    #expect(lines.all.allSatisfy { !$0.description.contains("\n") })
  }
}
