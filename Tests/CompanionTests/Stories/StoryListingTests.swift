// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct StoryListingTests {
  private static let records = [
    Records.assigned(1, "wire/a.txt", story: 1), Records.assigned(2, "web/b.txt", story: 1),
    Records.assigned(3, "web/c.txt", story: 3),
    Records.assigned(4, "web/d.txt", cluster: 3, like: 3, story: 3),
    Records.assigned(5, "wire/e.txt", cluster: 1, like: 1, story: 1),
    Records.assigned(6, "wire/f.txt", story: 6), Records.merged(1, [2], by: 5),
  ]

  private func stories(_ change: (inout ClusterSelection) -> Void) throws -> StoryListing {
    var selection = ClusterSelection()
    change(&selection)
    // The log is read while the list is made, and goes with the scene.
    let scene = try ResultScene(Self.records)
    return try withExtendedLifetime(scene) { try StoryListing(selection, in: scene.source()) }
  }

  @Test("stories are listed with their clusters and documents, the largest or the newest first")
  func orders() throws {
    let listing = try stories { _ in }
    #expect(listing.stories.map(\.story) == [1, 3])
    #expect(listing.stories.map(\.clusters) == [1, 1])
    #expect(listing.stories.map(\.documents.count) == [3, 2])
    let all = try stories {
      $0.leastSize = 1
      $0.order = .recent
    }
    #expect(all.stories.map(\.story) == [6, 1, 3])
    #expect(try stories { $0.path = PathPattern("wire/*") }.stories.map(\.story) == [1])
    #expect(try stories { $0.since = Records.start + 5_000_000 }.stories.map(\.story) == [1])
  }

  @Test("the list says what it leaves out, and JSON says the same")
  func texts() throws {
    let listing = try stories { $0.limit = 1 }
    let text = listing.text(OutputStyle(columns: 80))
    #expect(text.contains("1 of 2 stories of 2 documents and more (--limit 0 lists all)"))
    #expect(text.contains("wire/a.txt"))
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 80 })
    let json = try JSONValue(parsing: listing.json().utf8)
    #expect(json["matching"]?.integer == 2)
    #expect(json["stories"]?.array?.first?["story"]?.string == "s1")
    #expect(json["stories"]?.array?.first?["first"]?["path"]?.string == "wire/a.txt")
  }

  @Test("a log without stories says so")
  func none() throws {
    let scene = try ResultScene([Records.assigned(1)])
    let source = try scene.source()
    let failure = #expect(throws: CommandFailure.self) {
      _ = try StoryListing(ClusterSelection(), in: source)
    }
    #expect(failure?.exitStatus == 1)
    // One that is not there is another matter.
    try FileSystem.remove(scene.log)
    let missing = #expect(throws: CommandFailure.self) {
      _ = try StoryListing(ClusterSelection(), in: try scene.source())
    }
    #expect(missing?.exitStatus == 74)
  }
}
