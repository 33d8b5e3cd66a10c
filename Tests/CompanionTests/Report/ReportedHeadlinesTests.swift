// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportedHeadlinesTests {
  private static func titled(_ record: Record, _ title: String) -> Record {
    guard case .assigned(var assigned) = record else { return record }
    assigned.description.title = title
    return .assigned(assigned)
  }

  /// As large as the records say of every file.
  private static func file(_ text: String) -> [UInt8] {
    Array(text.utf8) + Array(repeating: UInt8(ascii: "\n"), count: 100 - text.utf8.count)
  }

  private static func headlines(_ scene: ResultScene, _ limits: PageLimits = PageLimits()) throws
    -> ReportedHeadlines
  {
    let source = try scene.source()
    let clusters = ReportedClusters(source.collection, limits)
    let stories = ReportedStories(source.collection, Partition(), limits)
    return ReportedHeadlines(clusters, stories, of: source.collection, source.log, limits)
  }

  @Test("the log's title comes first, then the file, and what is forgotten has none")
  func sources() throws {
    let scene = try ResultScene([
      Self.titled(Records.assigned(1), "From the log\u{1B}[2J"),
      Self.titled(Records.assigned(2, cluster: 1, like: 1), "Forgotten"),
      Records.assigned(3, cluster: 1, like: 1), Records.removed(2, cluster: 1),
      Records.assigned(4, cluster: 1, like: 1),
    ])
    let text = "The harbour bridge of Aldmere stays closed until May.\n"
    let bytes = Self.file(text)
    for number in 1...3 { try FileSystem.write(bytes, to: "\(scene.drop)/\(number).txt") }
    let headlines = try Self.headlines(scene)
    #expect(headlines[1] == "From the log\\e[2J")
    #expect(headlines[2] == "")
    #expect(headlines[3] == "The harbour bridge of Aldmere stays closed until May.")
    #expect(headlines[4] == "")
  }

  @Test("of a cluster without texts the first documents are asked, and titles cost no file")
  func undetailed() throws {
    var records = (1...6).map { number in
      number == 1 ? Records.assigned(1) : Records.assigned(UInt32(number), cluster: 1, like: 1)
    }
    records[5] = Self.titled(records[5], "The last one")
    let scene = try ResultScene(records)
    let text = "A sentence that is long enough to be a headline of its own, and ends here."
    let bytes = Self.file(text)
    for number in [2, 4, 5] { try FileSystem.write(bytes, to: "\(scene.drop)/\(number).txt") }
    let headlines = try Self.headlines(scene, PageLimits(detailed: 0))
    #expect((1...6).map { headlines[$0] } == ["", text, "", "", "", "The last one"])
  }
}
