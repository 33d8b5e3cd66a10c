// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("JSONSchema", .timeLimit(.minutes(10)))
struct JSONSchemaTests {
  private static let sound =
    #"{"schema":1,"seq":7,"time":"2020-01-02T03:04:05.678901Z","event":"skipped","path":"a","#
    + #""reason":"empty","detail":""}"#

  private func violations(_ text: String) throws -> [String] {
    let schema = try JSONSchema(parsing: FileSystem.read(Fixtures.clusterLogSchema))
    return schema.violations(of: try JSONValue(parsing: text.utf8))
  }

  @Test("a line as the contract has it is valid")
  func valid() throws {
    #expect(try violations(Self.sound) == [])
  }

  @Test(
    "a line that differs from the contract is not",
    arguments: [
      ("\"seq\":7", "\"seq\":0"), ("\"seq\":7", "\"seq\":\"7\""), ("\"seq\":7", "\"seq\":7.5"),
      ("\"schema\":1", "\"schema\":2"), (".678901Z", "Z"), ("\"empty\"", "\"because\""),
      ("\"path\":\"a\",", ""), ("\"detail\":\"\"", "\"extra\":1"), ("skipped", "dropped"),
      ("\"path\":\"a\"", "\"path\":\"\""), ("skipped", "assigned"), ("skipped", "merged"),
    ])
  func invalid(found: String, replacement: String) throws {
    let pieces = Self.sound.split(separator: found, maxSplits: 1)
    let text = pieces.joined(separator: replacement)
    #expect(try violations(text).isEmpty == false)
  }

  @Test("a keyword that is not checked is reported, not passed over")
  func unknownKeyword() throws {
    let schema = try JSONSchema(parsing: Array(#"{"oneOf":[]}"#.utf8))
    #expect(schema.violations(of: .null).count == 1)
  }
}
