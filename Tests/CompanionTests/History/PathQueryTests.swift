// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PathQueryTests {
  private func query(_ text: String) -> PathQuery {
    PathQuery(
      Array(text.utf8), workingDirectory: Array("/srv/drop/wire".utf8),
      drops: ["/srv/drop", "/srv/web"].map { Array($0.utf8) })
  }

  @Test(
    "a path is found by its place in the drop directory or in the file system",
    arguments: [
      ("wire/a", "wire/a", "/srv/drop", true), ("a", "wire/a", "/srv/drop", true),
      ("a", "a", "/srv/web", true), ("/srv/drop/wire/a", "wire/a", "/srv/drop", true),
      ("/srv/drop/wire/a", "wire/a", "/srv/web", false), ("/srv/drop/wire/a", "wire/a", "", true),
      ("../x//./a", "x/a", "/srv/drop", true), ("./wire/a", "wire/a", "/srv/web", true),
      ("/etc/a", "a", "/srv/drop", false), ("b", "wire/a", "/srv/drop", false),
    ] as [(String, String, String, Bool)])
  func matching(_ text: String, _ path: String, _ drop: String, _ expected: Bool) {
    #expect(query(text).matches(Array(path.utf8), drop: Array(drop.utf8)) == expected)
  }

  private func collection(_ paths: [String]) -> RecordedCollection {
    var collection = RecordedCollection(source: .log)
    for (place, path) in paths.enumerated() {
      collection.append(
        RecordedDocument(
          number: UInt32(place + 1), drop: 0, path: Array(path.utf8), bytes: 1, sha256: [],
          words: 1, cluster: 1, relation: .first, arrived: 0))
    }
    return collection
  }

  @Test("a document is found by its number and by the end of its path")
  func found() throws {
    let collection = collection(["desk/a.txt", "desk/b.txt", "7", "x/desk/b.txt"])
    func find(_ text: String) throws -> [String] {
      let query = try query(text).found(text, in: collection)
      return collection.documents.filter { query.matches($0.path, drop: []) }
        .map { String(decoding: $0.path, as: UTF8.self) }
    }
    #expect(try find("desk/a.txt") == ["desk/a.txt"])
    #expect(try find("a.txt") == ["desk/a.txt"])
    #expect(try find("2") == ["desk/b.txt"])
    // A path that is recorded comes before a number.
    #expect(try find("7") == ["7"])
    #expect(try find("x.txt") == [])
    let failure = #expect(throws: CommandFailure.self) { try find("b.txt") }
    #expect(failure?.description.contains("desk/b.txt, x/desk/b.txt; name one") == true)
  }

  @Test("a name that is not UTF-8 is found by its lossy form")
  func lossy() {
    #expect(query("c\u{FFFD}").matches([0x63, 0xE9], drop: []))
  }
}
