// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What `neardup story` prints: the clusters of a story in order of arrival.
package struct StoryDetails: Sendable {
  /// A cluster of the story, with what led it there.
  struct Entry: Sendable, Equatable {
    let listed: ListedCluster
    /// From the record of its first document that has one.
    let match: StoryMatch?
    /// Of its first document; nil where nothing tells.
    var headline: String?
  }

  let story: UInt32
  /// The number that was asked for, when it was absorbed.
  let askedFor: UInt32?
  let entries: [Entry]
  let collection: RecordedCollection

  init(story: UInt32, askedFor: UInt32?, entries: [Entry], collection: RecordedCollection) {
    self.story = story
    self.askedFor = askedFor
    self.entries = entries
    self.collection = collection
  }

  /// Looks a story up; one that was absorbed leads to the one that did so.
  init(_ asked: UInt32, in source: CollectionSource) throws {
    let partition = try StoryScan(source.log).partition
    guard partition.documentCount > 0 else { throw Self.noStories(source.log) }
    let story = partition.survivor(of: asked)
    let members = partition.members(of: story)
    guard !members.isEmpty else {
      throw CommandFailure(
        CommandFailure.notFound, "there is no story s\(asked); neardup stories lists them")
    }
    let collection = source.collection
    let documents = members.compactMap { collection[$0] }
    let matches = try Self.matches(of: Set(members), source.log)
    let clusters = Dictionary(grouping: documents) {
      collection.clusters.group(of: $0.number) ?? $0.cluster
    }
    var headlines = Headlines(collection)
    let entries = clusters.compactMap { cluster, documents in
      ListedCluster(cluster, documents).map { listed in
        Entry(
          listed: listed, match: documents.lazy.compactMap { matches[$0.number] }.first,
          headline: headlines.headline(of: listed.first))
      }
    }
    self.init(
      story: story, askedFor: asked == story ? nil : asked,
      entries: entries.sorted { $0.listed.first.number < $1.listed.first.number },
      collection: collection)
  }

  /// Why there is nothing to tell of stories.
  static func noStories(_ log: LogScan) -> CommandFailure {
    if let failure = log.absence { return failure }
    var text = "the log has no stories: they are switched off, or it is of a version without them"
    if let missing = log.missing() { text += "; \(missing)" }
    return CommandFailure(CommandFailure.notFound, text)
  }

  private static func matches(
    of documents: Set<UInt32>, _ log: LogScan
  ) throws -> [UInt32: StoryMatch] {
    var matches: [UInt32: StoryMatch] = [:]
    try log.forEachLine { line in
      guard let opening = LineOpening(line), opening.event == .assigned,
        let document = opening.document, documents.contains(document),
        case .assigned(let assigned) = try? LoggedRecord(decoding: line).record
      else { return }
      matches[document] = assigned.storyMatch
    }
    return matches
  }
}
