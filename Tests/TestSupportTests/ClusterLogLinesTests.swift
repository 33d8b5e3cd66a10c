// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("ClusterLogLines", .timeLimit(.minutes(10)))
struct ClusterLogLinesTests {
  private let place: TemporaryDirectory

  init() throws {
    place = try TemporaryDirectory()
  }

  private func assigned(_ sequence: Int, _ path: String, _ cluster: String, sha: Character = "0")
    -> String
  {
    let time = "\"time\":\"2020-01-02T03:04:05.678901Z\",\"event\":\"assigned\""
    return "{\"schema\":1,\"seq\":\(sequence),\(time),"
      + "\"document\":\(sequence),\"path\":\"\(path)\","
      + "\"bytes\":1,\"sha256\":\"\(String(repeating: sha, count: 64))\",\"words\":1,"
      + "\"cluster\":\"\(cluster)\",\"relation\":\"first\"}\n"
  }

  private func read(_ text: String) throws -> ClusterLogLines {
    try FileSystem.write(text.utf8, to: place.path("log"))
    return try ClusterLogLines(at: place.path("log"))
  }

  @Test("a sound log breaks nothing")
  func sound() throws {
    let lines = try read(assigned(1, "a", "c1") + assigned(2, "b", "c2"))
    #expect(lines.brokenPromises == [])
    #expect(try lines.schemaViolations() == [])
    #expect(lines.partition == [["a"], ["b"]])
  }

  @Test("gaps, repeats and half lines are found")
  func unsound() throws {
    let first = assigned(1, "a", "c1")
    #expect(try read(first + assigned(3, "b", "c3")).brokenPromises.count == 2)
    #expect(try read(first + assigned(2, "a", "c1")).brokenPromises.count == 1)
    #expect(try read(first + "{\"schema\"").brokenPromises.count == 1)
    #expect(throws: (any Error).self) { try read(first + "half\n") }
    #expect(throws: (any Error).self) { try read(first + "\n") }
  }

  @Test("moved and merged change the partition, in order")
  func folding() throws {
    let common = "{\"schema\":1,\"seq\":4,\"time\":\"\",\"event\":"
    let lines = try read(
      assigned(1, "a", "c1") + assigned(2, "b", "c2") + assigned(3, "c", "c3")
        + common + "\"moved\",\"path\":\"b\",\"document\":2,\"from\":\"c2\",\"to\":\"c3\"}\n"
        + common + "\"merged\",\"cluster\":\"c1\",\"absorbed\":[\"c3\"]}\n")
    #expect(lines.partition == [["a", "b", "c"]])
    #expect(Set(lines.clusterOfPath.values) == ["c1"])
  }

  @Test("story records change the stories, and a cluster in two of them is found")
  func stories() throws {
    func member(_ name: String, _ value: String) -> String { ",\"\(name)\":\"\(value)\"" }
    func assigned(_ document: Int, _ cluster: String, _ story: String) -> String {
      "{\"schema\":1,\"seq\":\(document),\"document\":\(document)" + member("event", "assigned")
        + member("path", "\(document)") + member("cluster", cluster) + member("story", story)
        + "}\n"
    }
    let common = "{\"schema\":1,\"seq\":4,\"time\":\"\",\"event\":"
    let divided =
      assigned(1, "c1", "s1") + assigned(2, "c1", "s2") + assigned(3, "c3", "s3")
    #expect(try read(divided).dividedClusters == ["c1"])
    let moved =
      divided + common + "\"story-moved\",\"path\":\"2\",\"document\":2,\"to\":\"s1\"}\n"
    #expect(try read(moved).storyPartition == [["1", "2"], ["3"]])
    #expect(try read(moved).dividedClusters == [])
    let merged =
      divided + common + "\"story-merged\",\"story\":\"s1\",\"absorbed\":[\"s2\",\"s3\"]}\n"
    #expect(try read(merged).storyPartition == [["1", "2", "3"]])
  }

  @Test("a log that is not there has no lines")
  func missing() throws {
    #expect(try ClusterLogLines(at: place.path("nothing")).all.isEmpty)
  }
}
