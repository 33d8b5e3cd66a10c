// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("PostgreSQL's errors")
struct PostgresErrorTests {
  @Test(
    "states are told apart by what helps",
    arguments: [
      ("53300", PostgresError.Kind.unavailable), ("53100", .full), ("57P01", .unavailable),
      ("57014", .late), ("25006", .readOnly), ("42501", .denied), ("28P01", .denied),
      ("08006", .unavailable), ("23505", .refused),
    ])
  func kinds(state: String, kind: PostgresError.Kind) {
    #expect(PostgresError(state: state, message: "").kind == kind)
  }

  @Test("a message of several lines becomes one")
  func oneLine() {
    let error = PostgresError(.refused, "ERROR:  no\nDETAIL:  really\n")
    #expect(error.description == "ERROR:  no; DETAIL:  really")
  }
}
