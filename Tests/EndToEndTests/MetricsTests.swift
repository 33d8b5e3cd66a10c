// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Metrics", .tags(.service), .timeLimit(.minutes(10)))
struct MetricsTests {
  private func samples(_ path: String) throws -> [String: Double] {
    let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
    var samples: [String: Double] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ")
      samples[parts.dropLast().joined(separator: " ")] = Double(parts.last ?? "")
    }
    return samples
  }

  /// Waits until a file of the place's own directory is there.
  private func waitForFile(_ name: String, in places: Workplace) throws {
    let changes = try DirectoryChanges(of: places.path("."))
    let deadline = MonotonicDeadline(seconds: 20)
    while !FileSystem.exists(places.path(name)) {
      if deadline.hasPassed { throw Overdue("the file \(name)", 20, found: "nothing") }
      changes.wait(until: deadline)
    }
  }

  @Test("the file has the state of the end")
  func atTheEnd() throws {
    let places = try Workplace()
    let path = places.path("neardupd.prom")
    try places.configure(["metrics": "textfile = \"\(path)\""])
    let daemon = try places.start()
    for name in Fixtures.wireStory { try places.deliver(Fixtures.wireStory(name), as: name) }
    try places.deliver([0, 1, 2], as: "binary")
    let count = Fixtures.wireStory.count
    try daemon.waitForRecords(count + 1)
    #expect(try daemon.stop() == .exited(0))
    let found = try samples(path)
    let relations = ["first", "near", "identical"].map {
      found["neardupd_documents_total{relation=\"\($0)\"}"] ?? -1
    }
    #expect(relations.reduce(0, +) == Double(count))
    #expect(found["neardupd_skipped_total{reason=\"binary\"}"] == 1)
    #expect(found["neardupd_clusters"] == 2)
    #expect(found["neardupd_queue_wait_seconds_count"] == Double(count + 1))
    #expect(found["neardupd_in_flight_files"] == 0)
    #expect(found["neardupd_index_bytes"] ?? 0 > 0)
  }

  @Test(
    "promtool is content with the file",
    .enabled(if: Promtool.isThere, "needs promtool"))
  func prometheus() throws {
    let places = try Workplace()
    let path = places.path("neardupd.prom")
    try places.configure(["metrics": "textfile = \"\(path)\""])
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    #expect(try places.runOnce() == .exited(0))
    let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
    #expect(try Promtool.check(metrics: text) == "")
  }

  @Test(
    "the strict parser of prometheus_client reads what a reload asks for, and the older the rest",
    .enabled(if: PrometheusClient.isThere, "python3 has no prometheus_client"))
  func conformant() throws {
    let places = try Workplace()
    let path = places.path("neardupd.prom")
    try places.configure(["metrics": "textfile = \"\(path)\""])
    let daemon = try places.start()
    for name in Fixtures.wireStory { try places.deliver(Fixtures.wireStory(name), as: name) }
    try daemon.waitForRecords(Fixtures.wireStory.count)
    let other = places.path("neardupd.om")
    let settings = "textfile = \"\(other)\"\nformat = \"openmetrics\"\nname = \"desk\""
    try places.configure(["metrics": settings])
    #expect(try places.neardup("reload", "--wait").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
    let text = String(decoding: try FileSystem.read(other), as: UTF8.self)
    #expect(text.contains("{daemon=\"desk\",relation=\"first\"}"))
    let families = try PrometheusClient.parse(openMetrics: text)
    #expect(families.contains("counter neardupd_documents 3"))
    #expect(families.contains { $0.hasPrefix("histogram neardupd_commit_seconds ") })
  }

  @Test("a reload moves the file, and an empty key takes it away")
  func reload() throws {
    let places = try Workplace()
    let (first, second) = (places.path("first.prom"), places.path("second.prom"))
    try places.configure(["metrics": "textfile = \"\(first)\""])
    let daemon = try places.start()
    try waitForFile("first.prom", in: places)
    try places.configure(["metrics": "textfile = \"\(second)\""])
    #expect(try places.neardup("reload", "--wait").exitStatus == .exited(0))
    try waitForFile("second.prom", in: places)
    #expect(!FileSystem.exists(first))
    try places.configure([:])
    #expect(try places.neardup("reload", "--wait").exitStatus == .exited(0))
    #expect(try daemon.stop() == .exited(0))
    #expect(!FileSystem.exists(second))
  }

  @Test("with --once the file is there at the end")
  func once() throws {
    let places = try Workplace()
    let path = places.path("neardupd.prom")
    try places.configure(["metrics": "textfile = \"\(path)\""])
    try places.write(Fixtures.wireStory("a-site-copy.txt"), to: "a.txt")
    #expect(try places.runOnce() == .exited(0))
    #expect(try samples(path)["neardupd_documents_total{relation=\"first\"}"] == 1)
  }
}
