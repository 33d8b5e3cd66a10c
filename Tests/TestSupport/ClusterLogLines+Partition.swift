// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ClusterLogLines {
  /// The events and fields by which documents come to clusters, or to stories.
  private struct Level {
    let field: String
    let moved: String
    let merged: String

    static let cluster = Level(field: "cluster", moved: "moved", merged: "merged")
    static let story = Level(field: "story", moved: "story-moved", merged: "story-merged")
  }

  /// The partition that reading the log to its end gives: path to cluster.
  package var clusterOfPath: [String: String] { fold(.cluster, by: \.path) }

  /// The same by document, whatever became of its path.
  package var clusterOfDocument: [Int: String] { fold(.cluster, by: \.document) }

  /// The same of stories; documents that have none are not there.
  package var storyOfPath: [String: String] { fold(.story, by: \.path) }

  /// The same of stories by document, whatever became of its path.
  package var storyOfDocument: [Int: String] { fold(.story, by: \.document) }

  /// The partition as sets of paths, whatever the clusters are called.
  package var partition: Set<Set<String>> { Self.sets(clusterOfPath) }

  /// The same of stories.
  package var storyPartition: Set<Set<String>> { Self.sets(storyOfPath) }

  /// Clusters whose documents are in several stories, which must not be.
  package var dividedClusters: [String] {
    let cluster = fold(.cluster, by: \.document)
    var stories: [String: Set<String>] = [:]
    for (document, story) in storyOfDocument {
      if let cluster = cluster[document] { stories[cluster, default: []].insert(story) }
    }
    return stories.filter { $0.value.count > 1 }.keys.sorted()
  }

  private func fold<Key: Hashable>(
    _ level: Level, by key: (ClusterLogLine) -> Key?
  ) -> [Key: String] {
    var names: [Key: String] = [:]
    var survivor: [String: String] = [:]
    for line in all {
      switch line.event {
      case "assigned": if let key = key(line) { names[key] = line[level.field]?.string }
      case level.moved: if let key = key(line) { names[key] = line["to"]?.string }
      case level.merged:
        for absorbed in line["absorbed"]?.array ?? [] {
          if let name = absorbed.string { survivor[name] = line[level.field]?.string }
        }
      default: break
      }
    }
    return names.mapValues { name in
      var name = name
      // A chain cannot be longer than the number of mergers, so a cycle ends as well.
      for _ in 0..<survivor.count {
        guard let next = survivor[name] else { break }
        name = next
      }
      return name
    }
  }

  private static func sets(_ nameOfPath: [String: String]) -> Set<Set<String>> {
    Set(Dictionary(grouping: nameOfPath, by: \.value).values.map { Set($0.map(\.key)) })
  }
}
