// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation
import TestSupport
import Testing

@testable import ClusterLog

@Suite("Cluster log schema") struct ClusterLogSchemaTests {
  private static let hasValidator = run(["-c", "import jsonschema"]) == 0

  /// Runs python3; waits by waitpid, since Foundation's Process has hung when waited for.
  private static func run(_ arguments: [String]) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] =
      (["python3", "-W", "ignore"] + arguments).map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, "python3", nil, nil, &arguments, environ) == 0 else {
      return -1
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status
  }

  private static let validator = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    sys.exit(not all(validator.is_valid(json.loads(l)) == (sys.argv[3] == "valid")
                     for l in open(sys.argv[2], newline="\\n")))
    """

  private func validate(_ lines: [UInt8], expecting verdict: String) throws -> Bool {
    let directory = try TemporaryDirectory()
    try FileSystem.write(ClusterLogSchema.jsonSchema.utf8, to: directory.path("schema"))
    try FileSystem.write(lines, to: directory.path("lines"))
    return Self.run(
      ["-c", Self.validator, directory.path("schema"), directory.path("lines"), verdict]) == 0
  }

  @Test(.enabled(if: hasValidator, "python3 has no jsonschema"), .timeLimit(.minutes(10)))
  func everyEventIsValid() throws {
    let count = UInt64(SampleRecords.all.count)
    #expect(try validate(SampleRecords.lines(1...(count * 2)), expecting: "valid"))
  }

  @Test(
    .enabled(if: hasValidator, "python3 has no jsonschema"), .timeLimit(.minutes(10)),
    arguments: [
      (#""schema":1"#, #""schema":2"#), (#""event":"assigned""#, #""event":"put""#),
      (#""seq":1"#, #""seq":0"#), (#""words":412"#, #""words":412,"extra":1"#),
      (#""cluster":"c1""#, #""cluster":"1""#), (#""relation":"first""#, #""relation":"near""#),
      (#".000124Z"#, #"Z"#), (#""words":412,"#, ""),
    ])
  func aChangedLineIsInvalid(_ part: String, _ other: String) throws {
    var line: [UInt8] = []
    RecordEncoder().append(
      SampleRecords.first, sequence: 1, time: SampleRecords.time + 1, to: &line)
    let text = String(decoding: line, as: UTF8.self)
    #expect(text.contains(part))
    let changed = text.replacingOccurrences(of: part, with: other)
    #expect(try validate([UInt8](changed.utf8), expecting: "invalid"))
  }

  @Test(
    .enabled(if: hasValidator, "python3 has no jsonschema"), .timeLimit(.minutes(10)),
    arguments: [
      (#""story":"s1","#, ""), (#""story":"s1""#, #""story":"c1""#),
      (#""similarity":0.5000"#, #""similarity":1.5"#), (#""quake","#, #""","#),
      (#""quake","#, #""quake","more","#),
    ])
  func aChangedStoryIsInvalid(_ part: String, _ other: String) throws {
    var line: [UInt8] = []
    RecordEncoder().append(
      SampleRecords.path([UInt8]("b.txt".utf8)), sequence: 1, time: SampleRecords.time, to: &line)
    let text = String(decoding: line, as: UTF8.self)
    #expect(text.contains(part))
    let changed = text.replacingOccurrences(of: part, with: other)
    #expect(try validate([UInt8](changed.utf8), expecting: "invalid"))
  }

  /// What can be said without a validator: it is JSON and names every event and its fields.
  @Test func theSchemaCoversEveryField() throws {
    let schema = try #require(
      try JSONSerialization.jsonObject(with: Data(ClusterLogSchema.jsonSchema.utf8))
        as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    for record in SampleRecords.all {
      var line: [UInt8] = []
      RecordEncoder().append(record, sequence: 1, time: 0, to: &line)
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
      let event = try #require(object["event"] as? String)
      let definition = try #require(definitions[event])
      let properties = try #require(definition["properties"] as? [String: Any])
      #expect(definition["additionalProperties"] as? Bool == false)
      #expect(Set(object.keys).isSubset(of: properties.keys))
      let required = try #require(definition["required"] as? [String])
      #expect(Set(required).isSubset(of: object.keys))
    }
  }
}
