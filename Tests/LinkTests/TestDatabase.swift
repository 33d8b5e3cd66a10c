// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

@testable import Link

/// An empty database of a server of its own, and a connection to it.
struct TestDatabase {
  let server: PostgresServer
  let connection: PostgresConnection

  init() throws {
    server = try PostgresServer()
    connection = try PostgresConnection(
      ConnectionSettings(server.connection(), environment: { _ in nil }), Patience())
  }
}
