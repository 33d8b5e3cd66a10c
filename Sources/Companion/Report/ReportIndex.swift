// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// The listed clusters and their documents by column, for the page's script.
///
/// Columns repeat no names: a hundred thousand documents take some megabytes.
struct ReportIndex {
  private let clusters: [ReportedClusters.Cluster]
  private let detailed: [UInt32]
  private let stories: ReportedStories
  private let headlines: ReportedHeadlines
  private let collection: RecordedCollection
  private let limits: PageLimits
  /// What the page says of a cluster that comes without figures and texts.
  private let withoutDetails: String

  init(
    _ reported: ReportedClusters, _ stories: ReportedStories, _ headlines: ReportedHeadlines,
    of collection: RecordedCollection, _ limits: PageLimits, withoutDetails: String
  ) {
    clusters = reported.listed.map { reported.all[$0] }
    detailed = reported.detailed.map { reported.all[$0].number }
    self.stories = stories
    self.headlines = headlines
    self.collection = collection
    self.limits = limits
    self.withoutDetails = withoutDetails
  }

  func json() -> [UInt8] {
    var json: [UInt8] = []
    json.append(plain: "{\"clusters\":{")
    appendClusters(to: &json)
    json.append(plain: "},\"documents\":{")
    appendDocuments(to: &json)
    json.append(plain: "},\"stories\":{")
    appendStories(to: &json)
    json.append(plain: "},\"story_clusters\":{")
    appendStoryClusters(to: &json)
    json.append(plain: "}")
    json.append(column: "detailed", detailed)
    json.append(plain: ",\"without_details\":")
    json.append(string: Array(withoutDetails.utf8))
    json.append(plain: "}")
    return json
  }

  private func appendClusters(to json: inout [UInt8]) {
    json.append(column: "number", clusters.map(\.number))
    json.append(column: "documents", clusters.map(\.members.count))
    json.append(column: "texts", clusters.map(\.texts))
    json.append(column: "listed", clusters.map { min($0.members.count, limits.members) })
    json.append(column: "first", clusters.map { milliseconds($0.members.map(\.arrived).min()) })
    json.append(column: "last", clusters.map { milliseconds($0.members.map(\.arrived).max()) })
    json.append(column: "last_document", clusters.map(\.newest))
    json.append(column: "story", clusters.map { stories.story(of: $0.number) ?? 0 })
  }

  private func appendStories(to json: inout [UInt8]) {
    let stories = stories.listed
    json.append(column: "number", stories.map(\.number))
    json.append(column: "clusters", stories.map(\.parts.count))
    json.append(column: "documents", stories.map(\.documents))
    json.append(
      column: "listed", stories.map { min($0.parts.count, limits.clustersOfStory) })
    json.append(column: "first", stories.map { milliseconds($0.firstSeen) })
    json.append(column: "last", stories.map { milliseconds($0.lastSeen) })
  }

  private func appendStoryClusters(to json: inout [UInt8]) {
    let parts = stories.listed.flatMap { $0.parts.prefix(limits.clustersOfStory) }
    json.append(column: "number", parts.map(\.cluster))
    json.append(column: "documents", parts.map(\.documents))
    json.append(column: "first", parts.map { milliseconds($0.firstSeen) })
    json.append(column: "name", parts.lazy.map { TerminalText.safe(collection.name(of: $0.first)) })
    json.append(column: "headline", parts.lazy.map { headlines[$0.first.number] })
  }

  private func appendDocuments(to json: inout [UInt8]) {
    let documents = clusters.flatMap { $0.members.prefix(limits.members) }
    json.append(column: "number", documents.map(\.number))
    json.append(
      column: "name", documents.lazy.map { TerminalText.safe(collection.name(of: $0)) })
    json.append(column: "headline", documents.lazy.map { headlines[$0.number] })
    json.append(column: "time", documents.map { milliseconds($0.arrived) })
    json.append(column: "words", documents.map(\.words))
    json.append(column: "relation", documents.map { relation($0) })
    json.append(column: "same", documents.map { $0.identicalTo ?? 0 })
    json.append(column: "state", documents.map { state($0) })
  }

  private func milliseconds(_ microseconds: Int64?) -> Int64 { (microseconds ?? 0) / 1_000 }

  /// The place in the script's list of relations.
  private func relation(_ document: RecordedDocument) -> Int {
    switch document.relation {
    case .first: 0
    case .near: 1
    case .identical: 2
    }
  }

  private func state(_ document: RecordedDocument) -> Int {
    if collection.isRemoved(document.number) { return 2 }
    return collection.isCurrent(document.number) ? 0 : 1
  }
}
