// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ArrivalTimelineTests {
  private static let second: Int64 = 1_000_000

  private static func timeline(_ times: [Int64], cluster: (Int) -> UInt32?) -> ArrivalTimeline {
    var collection = RecordedCollection(source: .log)
    for (place, time) in times.enumerated() {
      let number = UInt32(place + 1)
      collection.append(
        RecordedDocument(
          number: number, drop: 1, path: [], bytes: 1, sha256: [], words: 20,
          cluster: cluster(place) ?? number, relation: .first, identicalTo: nil, replaces: nil,
          arrived: time))
    }
    return ArrivalTimeline(collection, ReportedClusters(collection, PageLimits()))
  }

  @Test("every document is in one stretch, whatever the clock did")
  func sums() {
    let days: Int64 = 86_400 * Self.second
    for times in [
      [0], [5 * days, 0, 400 * days], [-3 * days, -1, 0, 1], [7, 7, 7],
      (0..<500).map { Int64($0) * 37 * Self.second }, [0, 200_000 * days],
    ] {
      let timeline = Self.timeline(times) { _ in 1 }
      #expect(timeline.stretches.reduce(0) { $0 + $1.documents } == times.count)
      #expect(timeline.stretches.count <= ArrivalTimeline.stretches)
      #expect(timeline.start <= times.min() ?? 0)
      #expect(timeline.start % timeline.width == 0 || timeline.width > 31_536_000 * Self.second)
    }
  }

  @Test("what is in a cluster with others is told from what is alone")
  func clusters() {
    let times = [0, 1, 70, 71].map { $0 * Self.second }
    // The first and the third document are one cluster.
    let timeline = Self.timeline(times) { [0, 2].contains($0) ? 1 : nil }
    #expect(timeline.width == 2 * Self.second)
    #expect(timeline.stretches.first == .init(documents: 2, clustered: 1, begun: 1))
    #expect(timeline.stretches.last == .init(documents: 2, clustered: 1, begun: 0))
    #expect(timeline.start(of: 35) == 70 * Self.second)
  }

  @Test("without documents there is nothing to draw")
  func empty() {
    let timeline = Self.timeline([]) { _ in nil }
    #expect(timeline.stretches.isEmpty)
    #expect(TimelineChart(timeline).html == "<p>No document has arrived yet.</p>")
  }

  @Test("the table has what the drawing has")
  func chart() {
    let timeline = Self.timeline([0, 1, 3_700, 7_000].map { $0 * Self.second }) { _ in nil }
    let html = TimelineChart(timeline).html
    #expect(html.contains("Stretches of 2 minutes"))
    #expect(html.contains("<th scope=\"row\" class=\"time\">1970-01-01 01:00:00</th>"))
    #expect(html.split(separator: "<rect", omittingEmptySubsequences: false).count == 4)
    // Of two stretches the table says all.
    let short = Self.timeline([0, 1, 3_700].map { $0 * Self.second }) { _ in nil }
    let table = TimelineChart(short).html
    #expect(table.contains("<table>") && !table.contains("<svg"))
  }
}
