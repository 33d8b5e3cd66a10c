// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What the state keeps of a decision in its `sketch` column: the units of stories that came of it,
/// then the document's own trace.
struct StoredTrace {
  let units: [StoryTrace]
  let document: DocumentTrace

  /// Nil when the bytes are not what `encode` gives.
  init?(_ bytes: RawSpan, document: UInt32) {
    var position = 0
    guard let units = StoryTrace.decode(bytes, &position),
      let trace = DocumentTrace(bytes.extracting(droppingFirst: position), document: document)
    else { return nil }
    self.units = units
    self.document = trace
  }

  /// - Parameter trace: `Assignment.trace`.
  static func encode(units: [StoryTrace], trace: [UInt8]) -> [UInt8] {
    StoryTrace.encode(units) + trace
  }
}
