// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Documents whose rows are deleted on request, and who takes over what they alone had.
///
/// What is left of them is in free pages until `StateStore.scrub`.
package struct StateErasure: Sendable, Equatable {
  /// Ascending.
  package var documents: [UInt32]
  /// Copies that are kept in the place of their originals, in order of the documents that take
  /// over.
  package var promotions: [StateExpiry.Promotion] = []
  /// For each original that is gone the document that other copies of it are copies of now.
  package var heirs: [UInt32: UInt32] = [:]
  /// What the engine keeps of other documents, without what it had of the erased texts.
  package var sketches: [UInt32: [UInt8]] = [:]

  /// Makes a value from its fields.
  package init(documents: [UInt32]) { self.documents = documents }
}
