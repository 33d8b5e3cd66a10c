// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct HistoryFilterTests {
  private func told(_ path: String, documents: Set<UInt32>, _ records: [Record]) -> [UInt64] {
    let query = PathQuery(Array(path.utf8), workingDirectory: Array("/".utf8), drops: [])
    var filter = HistoryFilter(query, documents: documents)
    let lines = Records.lines(records).split(separator: UInt8(ascii: "\n"))
    return lines.compactMap { filter.take($0)?.sequence }
  }

  @Test("it tells what is about the path, its documents and what became of their clusters")
  func selection() {
    let records = [
      Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 2, like: 2),
      Records.assigned(4), Records.merged(1, [4], by: 3), Records.merged(1, [2], by: 5),
      Records.moved(3, from: 1, to: 3), Records.skipped("2.txt"), Records.skipped("3.txt"),
      Records.assigned(5, "2.txt", cluster: 1, like: 1, replaces: 2),
      Records.removed(5, cluster: 1),
    ]
    #expect(told("2.txt", documents: [2, 5], records) == [2, 6, 8, 10])
    #expect(told("3.txt", documents: [3], records) == [3, 5, 6, 7, 9])
    #expect(told("none", documents: [], records) == [])
  }

  @Test("of what has expired the log tells, and when it did")
  func expired() {
    let query = PathQuery(Array("1.txt".utf8), workingDirectory: Array("/".utf8), drops: [])
    var filter = HistoryFilter(query, documents: [4], loggedOnly: 3)
    let gone = Expired(through: 3, documents: 3, clusters: 2, because: .documents)
    let records = [
      Records.assigned(1), Records.assigned(2), Records.assigned(3, "1.txt", replaces: 1),
      Records.assigned(4, "1.txt", replaces: 3), .expired(gone),
      .expired(Expired(through: 3, documents: 0, clusters: 0, because: .documents)),
    ]
    let lines = Records.lines(records).split(separator: UInt8(ascii: "\n"))
    #expect(lines.compactMap { filter.take($0)?.sequence } == [1, 3, 4, 5])
  }

  @Test("a name that needs escapes is found")
  func escapes() {
    let name = "a\"b\\c\n\u{1}é"
    #expect(told(name, documents: [1], [Records.assigned(1, name)]) == [1])
  }
}
