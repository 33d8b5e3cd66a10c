// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which story each cluster is in, and the stories of two clusters and more.
struct ReportedStories: Sendable {
  /// A cluster of a story.
  struct Part: Sendable, Equatable {
    let cluster: UInt32
    var documents = 1
    let first: RecordedDocument
    /// The earliest and the latest arrival, which need not be those of the first and of the last
    /// document: clocks are set. Microseconds since the epoch.
    var firstSeen: Int64
    var lastSeen: Int64
  }

  struct Story: Sendable, Equatable {
    let number: UInt32
    /// In order of arrival.
    var parts: [Part] = []

    var documents: Int { parts.reduce(0) { $0 + $1.documents } }
    var firstSeen: Int64 { parts.map(\.firstSeen).min() ?? 0 }
    var lastSeen: Int64 { parts.map(\.lastSeen).max() ?? 0 }
  }

  /// Those of one cluster included; 0 where nothing tells of stories.
  let count: Int
  /// Those of two clusters and more; most clusters first, of equals most documents.
  let several: [Story]
  /// Those of them that fit into a page, in the same order: the largest and the newest.
  let listed: [Story]
  /// Documents that no record puts into a story.
  let untold: Int
  private let storyOfCluster: [UInt32: UInt32]

  /// - Parameter partition: what the log says, which may know more documents than the collection.
  init(_ collection: RecordedCollection, _ partition: Partition, _ limits: PageLimits) {
    var storyOfCluster: [UInt32: UInt32] = [:]
    var parts: [UInt32: Part] = [:]
    var untold = 0
    for document in collection.documents {
      let cluster = collection.clusters.group(of: document.number) ?? document.cluster
      if let story = partition.group(of: document.number) {
        // A cluster is in one story as a whole.
        if storyOfCluster[cluster] == nil { storyOfCluster[cluster] = story }
      } else {
        untold += 1
      }
      if var part = parts[cluster] {
        part.documents += 1
        part.firstSeen = min(part.firstSeen, document.arrived)
        part.lastSeen = max(part.lastSeen, document.arrived)
        parts[cluster] = part
      } else {
        parts[cluster] = Part(
          cluster: cluster, first: document, firstSeen: document.arrived,
          lastSeen: document.arrived)
      }
    }
    var stories: [UInt32: Story] = [:]
    for part in parts.values {
      guard let story = storyOfCluster[part.cluster] else { continue }
      stories[story, default: Story(number: story)].parts.append(part)
    }
    count = stories.count
    self.untold = untold
    self.storyOfCluster = storyOfCluster
    several = Self.sorted(stories.values.filter { $0.parts.count > 1 })
    listed = Self.listed(several, limits)
  }

  /// The story that a cluster is in; nil where no record says it.
  func story(of cluster: UInt32) -> UInt32? { storyOfCluster[cluster] }

  private static func sorted(_ stories: [Story]) -> [Story] {
    var stories = stories
    for place in stories.indices {
      stories[place].parts.sort { $0.first.number < $1.first.number }
    }
    return stories.sorted { one, other in
      if one.parts.count != other.parts.count { return one.parts.count > other.parts.count }
      let documents = (one.documents, other.documents)
      return documents.0 == documents.1
        ? one.number < other.number : documents.0 > documents.1
    }
  }

  private static func listed(_ stories: [Story], _ limits: PageLimits) -> [Story] {
    let last = stories.map(\.lastSeen)
    let newest = stories.indices.sorted {
      last[$0] == last[$1] ? stories[$0].number > stories[$1].number : last[$0] > last[$1]
    }
    return PageChoice.places(
      stories.map { min($0.parts.count, limits.clustersOfStory) }, newest: newest,
      room: limits.storyClusters
    ).map(\.place).sorted().map { stories[$0] }
  }
}
