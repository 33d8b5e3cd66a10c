// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a page calls its documents: the title that the log has, else what the file begins with.
struct ReportedHeadlines: Sendable {
  /// Where the first document of a cluster says nothing, its next ones are asked.
  private static let tries = 3

  private var texts: [UInt32: String] = [:]

  /// Files are read for as many as `Headlines` allows: of the clusters that come with texts first,
  /// then of the largest and of the newest in turn.
  init(
    _ clusters: ReportedClusters, _ stories: ReportedStories, of collection: RecordedCollection,
    _ log: LogScan, _ limits: PageLimits
  ) {
    let listed = clusters.listed.map { clusters.all[$0].members.prefix(limits.members) }
    let parts = stories.listed.flatMap { $0.parts.prefix(limits.clustersOfStory).map(\.first) }
    let titles = LoggedTitles(
      of: Set((listed.joined() + parts).lazy.map(\.number)), in: log)
    var headlines = Headlines(collection)
    func add(_ document: RecordedDocument, to texts: inout [UInt32: String]) -> Bool {
      if texts[document.number] != nil { return true }
      guard !collection.isRemoved(document.number) else { return false }
      let text = titles[document.number] ?? headlines.headline(of: document)
      texts[document.number] = text.map { TerminalText.safe($0) }
      return text != nil
    }
    var texts: [UInt32: String] = [:]
    for place in clusters.detailed {
      for document in clusters.all[place].members.prefix(limits.compared) {
        _ = add(document, to: &texts)
      }
    }
    for members in Self.fromBothEnds(listed) {
      _ = members.prefix(Self.tries).contains { add($0, to: &texts) }
    }
    for first in Self.fromBothEnds(parts) { _ = add(first, to: &texts) }
    // The rest costs no file.
    for document in listed.joined()
    where texts[document.number] == nil && !collection.isRemoved(document.number) {
      texts[document.number] = titles[document.number].map { TerminalText.safe($0) }
    }
    self.texts = texts
  }

  /// Empty where nothing tells.
  subscript(document: UInt32) -> String { texts[document] ?? "" }

  private static func fromBothEnds<Element>(_ elements: [Element]) -> [Element] {
    elements.indices.map { place in
      elements[place.isMultiple(of: 2) ? place / 2 : elements.count - 1 - place / 2]
    }
  }
}
