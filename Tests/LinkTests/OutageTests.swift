// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("Outage")
struct OutageTests {
  @Test("an outage is told once for each reason, and its end with how many tries failed")
  func telling() {
    var outage = Outage()
    let down = PostgresError(.unavailable, "connection refused")
    let errors = [
      down, PostgresError(.unavailable, "no route to host"),
      PostgresError(state: "25006", message: "read-only"),
    ]
    let before = outage.ended()
    let told = errors.map { outage.failed($0) }
    let ends = [outage.ended(), outage.ended()]
    let again = outage.failed(down)
    #expect(before == nil)
    #expect(told == [true, false, true])
    #expect(ends == [3, nil])
    #expect(again)
  }
}
