// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// `neardup threshold` on the state of a real daemon.
@Suite("Threshold", .timeLimit(.minutes(10)))
struct ThresholdTests {
  private func places(_ settings: [String: String] = [:]) throws -> Workplace {
    let places = try Workplace(settings: settings)
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    let copy = try Fixtures.wireStory("e-other-agency.txt")
    try places.write(copy, to: "f-same-bytes.txt")
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  @Test("the threshold that decided changes nothing; the strictest one takes clusters apart")
  func replay() throws {
    let places = try places()
    let told = try places.neardup("threshold", "--json", "--at", "0.5", "--at", "1")
    #expect(told.exitStatus == .exited(0), "\(told.standardError)")
    let report = try JSONValue(parsing: told.standardOutput.utf8)
    #expect(report["documents"]?.integer == 6)
    #expect(report["clusters"]?.integer == 2)
    let thresholds = try #require(report["thresholds"]?.array)
    #expect(thresholds.map { $0["threshold"]?.number } == [0.5, 1])
    #expect(thresholds[0]["merged"]?.integer == 0 && thresholds[0]["split"]?.integer == 0)
    #expect(thresholds[0]["clustered"]?.integer == 6)
    // Copies with the same bytes stay together whatever the threshold.
    #expect(thresholds[1]["split"]?.integer == 1)
    #expect(thresholds[1]["clusters"]?.integer == 1)
    let example = try #require(thresholds[1]["split_examples"]?.array?.first)
    #expect(example["clusters"]?.array?.compactMap(\.string) == ["c1"])
    #expect(example["documents"]?.array?.count == 2)
    #expect(example["similarity"]?.number.map { $0 > 0 && $0 < 1 } == true)
  }

  @Test("of a strict collection it is told what a usual threshold would merge")
  func merging() throws {
    let places = try places(["detection": "threshold = 1"])
    let text = try places.neardup("threshold", "--at", "0.5").standardOutput
    #expect(text.contains("THRESHOLD"))
    #expect(text.contains("now 1 cluster of two and more with 2 documents, of 6 in all"))
    #expect(text.contains("; stories were not tried\n"))
    #expect(text.contains("at 0.50 would be merged, 1 of 1:"))
    #expect(text.contains("a-site-copy.txt (document 1)"))
    #expect(try places.neardup("threshold", "--at", "2").exitStatus == .exited(64))
  }
}
