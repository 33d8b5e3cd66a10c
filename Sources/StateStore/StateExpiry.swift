// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Documents that go beyond the horizon together, and who takes over what they alone had.
///
/// It is committed with the batch of the last document that was decided before it; the rows of what
/// has expired count as gone from then on, and are deleted in steps (`StateStore.purge`).
package struct StateExpiry: Sendable, Equatable {
  /// A copy that is kept in the place of its original, which goes.
  package struct Promotion: Sendable, Equatable {
    /// The document that had the text.
    package var from: UInt32
    /// The one that has it now.
    package var to: UInt32
    /// What the engine keeps of that.
    package var sketch: [UInt8]

    /// Makes a value from its fields.
    package init(from: UInt32, to: UInt32, sketch: [UInt8]) {
      self.from = from
      self.to = to
      self.sketch = sketch
    }
  }

  /// The last document beyond the horizon.
  package var through: UInt32
  /// From this document on the engine counts texts when it is brought back.
  package var countedFrom: UInt32
  /// In order of the documents that take over.
  package var promotions: [Promotion] = []
  /// For each original that is gone the document that other copies of it are copies of now.
  package var heirs: [UInt32: UInt32] = [:]

  /// Makes a value from its fields.
  package init(through: UInt32, countedFrom: UInt32) {
    self.through = through
    self.countedFrom = countedFrom
  }
}

/// What a start has to know of the horizon.
package struct StateHorizon: Sendable, Equatable {
  /// The last document beyond it; 0 for none.
  package var through: UInt32 = 0
  /// From this document on the engine counts texts.
  package var countedFrom: UInt32 = 0
  /// By original that is gone, the document that its copies are copies of.
  package var heirs: [UInt32: UInt32] = [:]
  package var progress = Progress()

  /// What goes on between two documents and is not in their rows.
  package struct Progress: Sendable, Equatable {
    /// Since when the clock has been ahead of the horizon's time; 0 for not at all.
    package var clockCandidate: Int64 = 0
    /// The last document that goes beyond the horizon next; 0 for none.
    package var through: UInt32 = 0
    /// After this document it does.
    package var due: UInt32 = 0
    /// Why, as the daemon numbers the reasons.
    package var because: Int = 0

    /// Nothing goes on.
    package init() {}
  }

  /// Nothing has expired.
  package init() {}
}
