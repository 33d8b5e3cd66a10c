// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DocumentHistoryTests {
  private static let records = [
    Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 2, like: 2),
    Records.merged(1, [2], by: 3), Records.assigned(4, "3.txt", replaces: 3),
    Records.skipped("3.txt"),
  ]

  private func history(_ path: String, _ scene: ResultScene) throws -> DocumentHistory {
    let query = PathQuery(
      Array(path.utf8), workingDirectory: Array("/".utf8), drops: scene.places.dropDirectories)
    return try DocumentHistory(query, name: path, in: scene.source(), threshold: 0.5)
  }

  @Test("all that was recorded of a path is told in order")
  func told() throws {
    let scene = try ResultScene(Self.records)
    let history = try history("\(scene.drop)/3.txt", scene)
    #expect(history.documents.map(\.number) == [3, 4])
    #expect(history.entries.map(\.logged.sequence) == [3, 4, 5, 6])
    #expect(history.missing == nil)
    let text = history.text(OutputStyle())
    #expect(
      text.contains("document 3: 3.txt, 20 words, 100 bytes, in c1 now; replaced by document 4"))
    #expect(text.contains("document 4: 3.txt, 20 words, 100 bytes, in c4 now; the file is gone"))
    #expect(text.contains("takes in c2: document 3 shows it"))
    #expect(text.contains("skipped    -         3.txt: binary"))
    let json = try JSONValue(parsing: history.json().utf8)
    #expect(json["records"]?.array?.count == 4)
    #expect(json["records"]?.array?.first?["match"]?["document"]?.integer == 2)
    #expect(json["documents"]?.array?.first?["replaced_by"]?.integer == 4)
  }

  @Test("records that are gone are missed, not passed over")
  func missing() throws {
    let scene = try ResultScene(Self.records)
    try scene.writeLog(Records.lines(Array(Self.records[3...]), from: 4))
    let history = try history("3.txt", scene)
    #expect(history.documents.count == 2)
    #expect(history.missing?.contains("begins at a later record") == true)
    #expect(history.text(OutputStyle()).contains("incomplete: "))
  }

  @Test("a path that never was is not found")
  func unknown() throws {
    let scene = try ResultScene(Self.records)
    let failure = #expect(throws: CommandFailure.self) { _ = try history("none", scene) }
    #expect(failure?.exitStatus == 1)
  }
}
