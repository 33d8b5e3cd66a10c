// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CPostgreSQL
internal import Glibc

/// How the link reaches its database: what libpq is given, checked and filled up.
///
/// Which server, database and user it is, comes by libpq's own means: a connection string, its
/// environment variables, a service file. Passwords do not stand in what processes and logs show.
package struct ConnectionSettings: Sendable, Equatable {
  /// Keywords and values of libpq; none is a password.
  package var parameters: [String: String]
  package var connectTimeout = Duration.seconds(15)
  package var statementTimeout = Duration.seconds(60)
  /// What is worth a word but stops nothing.
  package var warnings: [String] = []

  /// What the string and libpq's defaults together say.
  ///
  /// - Parameters:
  ///   - text: keywords and values, or a URI; empty for what the environment says.
  ///   - environment: looks a variable up; libpq reads its own as well.
  package init(
    _ text: String, program: String = "neardup-link",
    environment: (String) -> String? = Self.variable
  ) throws(LinkFailure) {
    var given = try Self.parse(text)
    if given["password"] != nil { throw .passwordShown("the connection string has a password") }
    if environment("PGPASSWORD") != nil {
      throw .passwordShown("PGPASSWORD is set, which other programs of the user can read")
    }
    // libpq looks a service up for its defaults only where the environment names it.
    if let service = given["service"] { setenv("PGSERVICE", service, 1) }
    let defaults = Self.defaults()
    let server = given["hostaddr"] ?? given["host"] ?? defaults["hostaddr"] ?? defaults["host"]
    if !Self.isLocal(server) {
      let told = given["sslmode"] ?? environment("PGSSLMODE") ?? defaults["sslmode"]
      // What libpq does by itself is "prefer", which protects against nobody who can interfere.
      if told == nil || told == "prefer", given["sslmode"] == nil, environment("PGSSLMODE") == nil {
        given["sslmode"] = "verify-full"
      } else if let told, !["verify-full", "verify-ca"].contains(told) {
        warnings.append(
          "sslmode is \(told) for a server that is not local: whoever can come between sees and "
            + "changes what is sent; verify-full does not allow that")
      }
    }
    let usual = [
      "application_name": program, "client_encoding": "UTF8", "keepalives": "1",
      "keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3",
      "tcp_user_timeout": "30000", "target_session_attrs": "read-write",
    ]
    let own = ["application_name", "client_encoding"]
    for (key, value) in usual where given[key] == nil {
      let isTold = environment("PG" + key.filter { $0 != "_" }.uppercased()) != nil
      if own.contains(key) || !isTold { given[key] = value }
    }
    parameters = given
  }

  /// Where the server is, for messages: never more than that.
  package var server: String {
    let defaults = Self.defaults()
    func value(_ key: String) -> String? { parameters[key] ?? defaults[key] }
    let name = value("dbname") ?? value("user") ?? "?"
    let host = value("hostaddr") ?? value("host") ?? "the local socket"
    return "database \(name) at \(host)"
  }

  /// A variable of the environment that is set and not empty.
  package static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether a server is reached over a Unix socket or the loopback; several are if all are.
  static func isLocal(_ host: String?) -> Bool {
    guard let host, !host.isEmpty else { return true }
    return host.split(separator: ",").allSatisfy { name in
      name.hasPrefix("/") || name.hasPrefix("@") || name == "localhost" || name == "::1"
        || isLoopback(name)
    }
  }

  /// 127.0.0.0/8, as four numbers: "127.example.org" is a name.
  private static func isLoopback(_ name: Substring) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// What a connection string sets.
  private static func parse(_ text: String) throws(LinkFailure) -> [String: String] {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(text, &message) else {
      defer { PQfreemem(message) }
      // libpq's message may quote the string, and somebody may have put a password into it.
      throw LinkFailure(
        .configuration,
        "the connection string is not one of libpq's; it is \"key=value …\" or \"postgresql://…\"")
    }
    defer { PQconninfoFree(options) }
    return values(options)
  }

  private static func defaults() -> [String: String] {
    guard let options = PQconndefaults() else { return [:] }
    defer { PQconninfoFree(options) }
    var found = values(options)
    found["password"] = nil
    return found
  }

  private static func values(
    _ options: UnsafeMutablePointer<PQconninfoOption>
  ) -> [String: String] {
    var found: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    return found
  }
}

extension LinkFailure {
  static func passwordShown(_ reason: String) -> LinkFailure {
    LinkFailure(
      .configuration,
      "\(reason); keep it in a password file (~/.pgpass or passfile=), or do without one: a "
        + "service file (service=), peer authentication over the local socket, or a client "
        + "certificate (sslcert=, sslkey=)")
  }
}
