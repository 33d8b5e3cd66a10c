// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What would become of a text if it were dropped now; nothing of it is kept.
package struct CheckReport: Codable, Sendable, Equatable {
  /// As in the cluster log: "first" (of a cluster of its own), "identical" or "near".
  package var relation: String
  /// The cluster that it would join.
  package var cluster: String?
  /// The clusters that it was compared with: the one that it would join first, then by likeness.
  package var candidates: [Candidate]
  /// A text joins a cluster above this cluster similarity.
  package var limit: Double
  /// How many documents were known.
  package var documents: Int
  /// The story that it would be in; absent when it would begin one, or there are to be none.
  package var story: String?
  /// What leads there; absent where the cluster brings it along.
  package var storyMatch: StoryMatch?
  /// How many stories were known; absent when there are to be none.
  package var stories: Int?

  package struct Candidate: Codable, Sendable, Equatable {
    package var cluster: String
    /// How many distinct texts it has.
    package var texts: Int
    package var joins: Bool
    package var match: Match

    package init(cluster: String, texts: Int, joins: Bool, match: Match) {
      self.cluster = cluster
      self.texts = texts
      self.joins = joins
      self.match = match
    }
  }

  /// The nearest document of a story.
  package struct StoryMatch: Codable, Sendable, Equatable {
    package var document: Int
    package var path: String
    /// The raw bytes in base 64 where the name is not UTF-8.
    package var pathB64: String?
    /// The name of a member of a container.
    package var member: String?
    /// The drop directory, where there are several.
    package var drop: String?
    /// How well the text fits the story as a whole, 0 to 1.
    package var similarity: Double
    /// A text joins a story above this similarity.
    package var limit: Double

    package init(
      document: Int, path: String, pathB64: String? = nil, member: String? = nil,
      drop: String? = nil, similarity: Double, limit: Double
    ) {
      self.document = document
      self.path = path
      self.pathB64 = pathB64
      self.member = member
      self.drop = drop
      self.similarity = similarity
      self.limit = limit
    }
  }

  /// The nearest member, with the measures of the cluster log.
  package struct Match: Codable, Sendable, Equatable {
    package var document: Int
    package var path: String
    /// The raw bytes in base 64 where the name is not UTF-8.
    package var pathB64: String?
    /// The name of a member of a container.
    package var member: String?
    /// The drop directory, where there are several.
    package var drop: String?
    package var resemblance: Double
    package var containment: Double
    package var shared: Int
    package var clusterSimilarity: Double

    package init(
      document: Int, path: String, pathB64: String? = nil, member: String? = nil,
      drop: String? = nil, resemblance: Double, containment: Double, shared: Int,
      clusterSimilarity: Double
    ) {
      self.document = document
      self.path = path
      self.pathB64 = pathB64
      self.member = member
      self.drop = drop
      self.resemblance = resemblance
      self.containment = containment
      self.shared = shared
      self.clusterSimilarity = clusterSimilarity
    }
  }

  package init(
    relation: String, cluster: String? = nil, candidates: [Candidate], limit: Double,
    documents: Int, story: String? = nil, storyMatch: StoryMatch? = nil, stories: Int? = nil
  ) {
    self.relation = relation
    self.cluster = cluster
    self.candidates = candidates
    self.limit = limit
    self.documents = documents
    self.story = story
    self.storyMatch = storyMatch
    self.stories = stories
  }
}
