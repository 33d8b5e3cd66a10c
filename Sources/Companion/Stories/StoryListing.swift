// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What `neardup stories` prints.
package struct StoryListing: Answer, Sendable {
  let stories: [ListedStory]
  /// Of the first document of each; nil where nothing tells.
  let headlines: [String?]
  /// How many stories there are without the limit.
  let matching: Int
  private let selection: ClusterSelection
  private let collection: RecordedCollection

  /// - Parameter selection: in which documents are counted, and the latest of a story is its last.
  init(_ selection: ClusterSelection, in source: CollectionSource) throws {
    let partition = try StoryScan(source.log).partition
    guard partition.documentCount > 0 else { throw StoryDetails.noStories(source.log) }
    let collection = source.collection
    var found: [ListedStory] = []
    for (story, members) in partition.members(atLeast: selection.leastSize) {
      let documents = members.compactMap { collection[$0] }
      guard documents.count >= selection.leastSize,
        let listed = ListedStory(story, documents, collection.clusters),
        Self.isWanted(listed, selection)
      else { continue }
      found.append(listed)
    }
    found.sort { Self.isBefore($0, $1, selection.order) }
    stories = selection.limit.map { Array(found.prefix($0)) } ?? found
    matching = found.count
    self.selection = selection
    self.collection = collection
    var headlines = Headlines(collection)
    self.headlines = stories.map { headlines.headline(of: $0.first) }
  }

  private static func isWanted(_ story: ListedStory, _ selection: ClusterSelection) -> Bool {
    if let since = selection.since, story.last.arrived < since { return false }
    if let path = selection.path { return story.documents.contains { path.matches($0.path) } }
    return true
  }

  /// The larger or the more recent one; of equals the one that began earlier.
  private static func isBefore(
    _ one: ListedStory, _ other: ListedStory, _ order: ClusterSelection.Order
  ) -> Bool {
    switch order {
    case .size where one.documents.count != other.documents.count:
      one.documents.count > other.documents.count
    case .recent where one.last.number != other.last.number: one.last.number > other.last.number
    default: one.story < other.story
    }
  }

  package func text(_ style: OutputStyle) -> String {
    var lines = stories.isEmpty ? [] : table(style).lines(style)
    lines.append(style.paint(summary, .aside))
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "STORY"), .init(title: "CLUSTERS", alignment: .right),
      .init(title: "DOCS", alignment: .right), .init(title: "FIRST"), .init(title: "LAST"),
      .init(title: "FIRST DOCUMENT", isFlexible: true, missedAt: 1), .init(title: "TITLE"),
    ])
    let times = ReportText.times(
      stories.map(\.first.arrived) + stories.map(\.last.arrived), style)
    for (place, story) in stories.enumerated() {
      let name = TerminalText.safe(collection.name(of: story.first))
      table.append([
        .init("s\(story.story)", .name), .init(ReportText.count(story.clusters)),
        .init(ReportText.count(story.documents.count)), .init(times[place]),
        .init(times[stories.count + place]), .init(name),
        .init(headlines[place].map { TerminalText.safe($0) } ?? name),
      ])
    }
    return table
  }

  private var summary: String {
    let noun = matching == 1 ? "story" : "stories"
    var text = "\(ReportText.count(matching)) \(noun)"
    if matching > stories.count { text = "\(ReportText.count(stories.count)) of \(text)" }
    if selection.leastSize > 1 {
      text += " of \(ReportText.count(selection.leastSize)) documents and more"
    }
    return text + (matching > stories.count ? " (--limit 0 lists all)" : "") + "; UTC"
  }

  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        stories: zip(stories, headlines).map { story, title in
          Report.Story(
            story: "s\(story.story)", clusters: story.clusters, documents: story.documents.count,
            title: title, firstSeen: LogTime.text(story.first.arrived),
            lastSeen: LogTime.text(story.last.arrived), first: .init(story.first, collection),
            last: .init(story.last, collection))
        }, matching: matching, source: collection.source.rawValue))
  }

  private struct Report: Encodable {
    struct Story: Encodable {
      let story: String
      let clusters: Int
      let documents: Int
      let title: String?
      let firstSeen: String
      let lastSeen: String
      let first: NamedDocument
      let last: NamedDocument
    }

    let stories: [Story]
    let matching: Int
    let source: String
  }
}
