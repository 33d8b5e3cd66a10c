// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct RecordFilterTests {
  private let records = [
    Records.assigned(1), Records.assigned(2), Records.assigned(3, cluster: 2, like: 2),
    Records.skipped("c2"), Records.merged(1, [2], by: 3),
    Records.assigned(4, cluster: 1, like: 1, identical: true), Records.moved(3, from: 1, to: 3),
    Records.removed(1, cluster: 1), Records.assigned(5),
  ]

  /// By whole records and by lines, which must be the same.
  private func shown(_ filter: RecordFilter) -> [Int] {
    var (byRecord, byLine) = (filter, filter)
    let lines = Records.lines(records).split(separator: UInt8(ascii: "\n"))
    var shown: [Int] = []
    for (place, record) in records.enumerated() {
      let isWanted = byRecord.wants(record)
      #expect(byLine.wants(lines[place]) == isWanted, "\(record)")
      if isWanted { shown.append(place + 1) }
    }
    return shown
  }

  @Test func kinds() {
    #expect(shown(RecordFilter()) == Array(1...9))
    #expect(shown(RecordFilter(skipped: true)) == [4])
    #expect(shown(RecordFilter(relations: [.near])) == [3])
    #expect(shown(RecordFilter(relations: [.near, .identical], skipped: true)) == [3, 4, 6])
  }

  @Test("a cluster is followed into what it is merged into")
  func clusters() {
    #expect(shown(RecordFilter(clusters: [2])) == [2, 3, 5, 6, 7, 8])
    #expect(shown(RecordFilter(clusters: [3])) == [7])
    #expect(shown(RecordFilter(clusters: [2], relations: [.identical])) == [6])
  }
}
