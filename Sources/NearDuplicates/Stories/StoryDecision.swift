// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What was decided about the story of a document or cluster.
package struct StoryDecision: Sendable, Equatable {
  /// The document of another cluster that a decision was made against.
  package struct Match: Sendable, Equatable {
    package var document: UInt32
    /// How well the text fits the story as a whole, 0 to 1.
    package var similarity: Double
    /// What the two have in common: the heaviest first.
    package var terms: [Term]
  }

  /// A term, by where it stands in the text.
  package struct Term: Sendable, Equatable {
    /// The number of its first token.
    package var token: Int
    /// Two characters of a script without spaces; else one word.
    package var isPair: Bool

    /// The number of its last token.
    var lastToken: Int { isPair ? token + 1 : token }
  }

  package enum Revision: Sendable, Equatable {
    /// Stories turned out to be one; without a match because two of their clusters are.
    case merge(into: UInt32, absorbed: UInt32, match: Match?)
    /// A cluster belongs to another story now, and with it these documents.
    case moveCluster(
      UInt32, documents: [UInt32], from: UInt32, to: UInt32, reason: String)
    /// A document came to another cluster, and so to another story.
    case moveDocument(UInt32, from: UInt32, to: UInt32, reason: String)
  }

  /// The story as first decided; `revisions` may have changed it.
  package var story: UInt32
  package var match: Match?
  /// In the order in which they happened.
  package var revisions: [Revision] = []
  /// What the state is to keep, when a unit was made.
  package var trace: StoryTrace?

  /// A document comes to the story of its cluster.
  package init(story: UInt32) { self.story = story }
}
