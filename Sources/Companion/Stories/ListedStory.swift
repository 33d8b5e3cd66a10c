// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A story in a list.
package struct ListedStory: Sendable, Equatable {
  package let story: UInt32
  /// In order of arrival.
  package let documents: [RecordedDocument]
  package let clusters: Int
  package let first: RecordedDocument
  package let last: RecordedDocument

  /// Nil for no documents.
  init?(_ story: UInt32, _ documents: [RecordedDocument], _ partition: Partition) {
    guard let first = documents.first, let last = documents.last else { return nil }
    self.story = story
    self.documents = documents
    clusters = Set(documents.map { partition.group(of: $0.number) ?? $0.cluster }).count
    self.first = first
    self.last = last
  }
}
