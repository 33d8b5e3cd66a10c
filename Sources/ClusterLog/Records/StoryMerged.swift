// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Stories turned out to be one; the survivor is the one with the smallest number.
package struct StoryMerged: Sendable, Equatable {
  /// The number of the story that stays.
  package var story: UInt32
  /// The numbers of the stories that are folded into it.
  package var absorbed: [UInt32]
  /// The document that showed it.
  package var document: UInt32
  /// What that document was compared with; nil when their clusters became one while there
  /// were no stories.
  package var evidence: StoryEvidence?

  /// Makes a value from its fields.
  package init(
    story: UInt32, absorbed: [UInt32], document: UInt32, evidence: StoryEvidence?
  ) {
    self.story = story
    self.absorbed = absorbed
    self.document = document
    self.evidence = evidence
  }
}
