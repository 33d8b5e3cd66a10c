// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document was put into a cluster and, where stories are on, into a story.
package struct Assigned: Sendable, Equatable {
  /// The document's number, from 1.
  package var document: UInt32
  /// The drop directory's bytes; only where several are watched.
  package var drop: [UInt8]?
  /// The path relative to the drop directory, raw bytes; of a member of a container see
  /// ``MemberPath``.
  package var path: [UInt8]
  /// The size of the file, or of the member, in bytes.
  package var bytes: Int
  /// The SHA-256 of these bytes, 32 bytes.
  package var sha256: [UInt8]
  /// How many words the text has.
  package var words: Int
  /// What it says of itself.
  package var description: SelfDescription
  /// The number of the cluster, which is that of its first document.
  package var cluster: UInt32
  /// How the document came to its cluster.
  package var relation: Relation
  /// What it was compared with; absent for a cluster's first document.
  package var match: Match?
  /// Clusters whose texts stand in the document beside other texts, ascending: a round-up of them.
  package var contains: [UInt32]
  /// The number of the story, which is that of its first document.
  package var story: UInt32?
  /// The document of another cluster that led to the story.
  package var storyMatch: StoryMatch?
  /// The document that the path held before.
  package var replaces: UInt32?

  /// Makes a value from its fields.
  package init(
    document: UInt32, drop: [UInt8]? = nil, path: [UInt8], bytes: Int, sha256: [UInt8],
    words: Int, description: SelfDescription = SelfDescription(), cluster: UInt32,
    relation: Relation, match: Match? = nil, contains: [UInt32] = [],
    story: UInt32? = nil, storyMatch: StoryMatch? = nil, replaces: UInt32? = nil
  ) {
    self.document = document
    self.drop = drop
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.words = words
    self.description = description
    self.cluster = cluster
    self.relation = relation
    self.match = match
    self.contains = contains
    self.story = story
    self.storyMatch = storyMatch
    self.replaces = replaces
  }
}
