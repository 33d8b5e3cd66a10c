// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("Connection settings")
struct ConnectionSettingsTests {
  private func settings(
    _ text: String, _ environment: [String: String] = [:]
  ) throws -> ConnectionSettings {
    try ConnectionSettings(text) { environment[$0] }
  }

  @Test(
    "TLS is verified where the server is not local",
    arguments: [
      ("host=db.example.org", "verify-full"), ("host=/run/postgresql", nil),
      ("host=127.0.0.1", nil), ("host=localhost", nil), ("host=127.example.org", "verify-full"),
      ("host=localhost,db.example.org", "verify-full"), ("hostaddr=192.0.2.7", "verify-full"),
      ("postgresql://db.example.org/neardup", "verify-full"), ("dbname=neardup", nil),
    ] as [(String, String?)])
  func verification(text: String, mode: String?) throws {
    #expect(try settings(text).parameters["sslmode"] == mode)
  }

  @Test("a weaker mode that somebody asked for is kept, with a warning")
  func weaker() throws {
    let told = try settings("host=db.example.org sslmode=require")
    #expect(told.parameters["sslmode"] == "require")
    #expect(told.warnings.count == 1)
    let asked = try settings("host=db.example.org", ["PGSSLMODE": "require"])
    #expect(asked.parameters["sslmode"] == nil)
    #expect(asked.warnings.count == 1)
    #expect(try settings("host=db.example.org sslmode=verify-ca").warnings.isEmpty)
  }

  @Test(
    "a password is refused, with the means that there are, and is not repeated",
    arguments: [
      ("host=db password=s3cret", [:]), ("postgresql://me:s3cret@db/neardup", [:]),
      ("host=db", ["PGPASSWORD": "s3cret"]),
    ] as [(String, [String: String])])
  func password(text: String, environment: [String: String]) {
    let failure = #expect(throws: LinkFailure.self) { _ = try settings(text, environment) }
    #expect(failure?.status == .configuration)
    let said = failure?.description ?? ""
    #expect(!said.contains("s3cret"))
    for means in ["passfile", "service", "peer", "certificate"] { #expect(said.contains(means)) }
  }

  @Test("what is no connection string is refused without being repeated")
  func malformed() {
    let failure = #expect(throws: LinkFailure.self) { _ = try settings("host db s3cret") }
    #expect(failure?.description.contains("s3cret") == false)
  }

  @Test("keepalives and a limit on silence are set unless somebody set them")
  func keepalives() throws {
    let plain = try settings("dbname=neardup")
    #expect(plain.parameters["tcp_user_timeout"] == "30000")
    #expect(plain.parameters["target_session_attrs"] == "read-write")
    #expect(try settings("keepalives_idle=60").parameters["keepalives_idle"] == "60")
  }

  @Test("messages name database and host and nothing else")
  func server() throws {
    let text = try settings("host=db.example.org dbname=neardup user=me").server
    #expect(text == "database neardup at db.example.org")
  }
}
