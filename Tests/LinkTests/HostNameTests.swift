// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("Host names")
struct HostNameTests {
  @Test("a name that was given counts, and else that of the machine")
  func source() throws {
    let given = try HostName(given: "ingest-1") { "machine" }
    #expect(given.name == "ingest-1" && given.isGiven)
    let own = try HostName(given: nil) { "machine" }
    #expect(own.name == "machine" && !own.isGiven)
    #expect(throws: LinkFailure.self) { try HostName(given: nil) { nil } }
  }

  @Test("names that would spoil messages are refused", arguments: ["", "a\nb", "a\u{1B}[31m"])
  func refused(name: String) {
    #expect(throws: LinkFailure.self) { try HostName(given: name) { nil } }
  }
}
