// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What the state keeps of a decision in its `sketch` column: the units of stories that came of it,
/// then the document's own trace.
enum StoredTrace {
  /// - Parameter trace: `Assignment.trace`.
  static func encode(units: [StoryTrace], trace: [UInt8]) -> [UInt8] {
    StoryTrace.encode(units) + trace
  }

  /// The units; nil when the bytes are not what `encode` gives.
  static func units(_ bytes: RawSpan) -> [StoryTrace]? {
    var position = 0
    return StoryTrace.decode(bytes, &position)
  }

  /// The document's own trace; nil when the bytes are not what `encode` gives.
  static func document(_ bytes: RawSpan, _ number: UInt32) -> DocumentTrace? {
    var position = 0
    guard StoryTrace.skip(bytes, &position) else { return nil }
    return DocumentTrace(bytes.extracting(droppingFirst: position), document: number)
  }
}
