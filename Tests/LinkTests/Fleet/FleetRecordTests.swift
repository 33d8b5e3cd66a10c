// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Link
@testable import NearDuplicates

struct FleetRecordTests {
  private func line(_ event: FleetRecord.Event) -> String {
    String(decoding: FleetRecord(event: event).line(sequence: 7, time: 0), as: UTF8.self)
  }

  private static let head = #"{"schema":1,"seq":7,"time":"1970-01-01T00:00:00.000000Z","event":"#

  @Test("records begin as those of the cluster log do")
  func lines() {
    #expect(
      line(.merged(into: 3, absorbed: 9, because: nil, reason: "a \"b\"\n"))
        == Self.head + #""merged","fleet":"f3","absorbed":["f9"],"reason":"a \"b\"\n"}"#)
    let match = Assignment.Match(
      document: 4, resemblance: 0.25, containment: 1, shared: 12, clusterSimilarity: 0.98765)
    #expect(
      line(
        .linked(
          host: "süd", cluster: 5, document: 6, fleet: 2,
          FleetRecord.Evidence(host: "n", document: 8, match: match), contains: [], story: 1))
        == Self.head
        + #""linked","host":"süd","cluster":"c5","document":6,"fleet":"f2","relation":"near","#
        + #""match":{"host":"n","document":8,"resemblance":0.2500,"containment":1.0000,"#
        + #""shared":12,"cluster_similarity":0.9877},"story":"fs1"}"#)
  }

  @Test("measures have four decimals and stay between 0 and 1")
  func measures() {
    let written = [0, 1, 0.00004, 0.99996, 7].map { measure in
      let match = Assignment.Match(
        document: 1, resemblance: measure, containment: 1, shared: 1, clusterSimilarity: 1)
      let evidence = FleetRecord.Evidence(host: "n", document: 1, match: match)
      return line(.merged(into: 1, absorbed: 2, because: evidence, reason: nil))
        .firstMatch(of: /"resemblance":([0-9.]+),/).map { String($0.1) }
    }
    #expect(written == ["0.0000", "1.0000", "0.0000", "1.0000", "1.0000"])
  }

  @Test("bytes are read as PostgreSQL writes them")
  func bytes() {
    #expect(SQLText.bytes(#"\x00ff7a"#) == [0, 255, 122])
    #expect(SQLText.bytes(#"\x"#) == [])
    #expect(SQLText.bytes("00ff") == nil)
    #expect(SQLText.bytes(#"\x0"#) == nil)
    #expect(SQLText.bytes(#"\x0g"#) == nil)
  }
}
