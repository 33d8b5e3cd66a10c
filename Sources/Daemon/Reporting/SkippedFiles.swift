// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// How many files were skipped for which reason since the start, each with the latest as an
/// example: what an administrator needs to go and look.
struct SkippedFiles: Sendable, Equatable {
  struct Kind: Sendable, Equatable {
    let reason: SkipReason
    var files: Int
    /// The path of the latest one relative to its drop directory, raw bytes; of a member of a
    /// container see ``MemberPath``.
    var example: [UInt8]
  }

  /// At most one per reason.
  private var kinds: [Kind] = []

  mutating func count(_ reason: SkipReason, _ path: [UInt8]) {
    if let place = kinds.firstIndex(where: { $0.reason == reason }) {
      kinds[place].files += 1
      kinds[place].example = path
    } else {
      kinds.append(Kind(reason: reason, files: 1, example: path))
    }
  }

  /// Those that came after an earlier state of the same counts, the most frequent first.
  func since(_ earlier: SkippedFiles) -> [Kind] {
    kinds.compactMap { kind in
      let known = earlier.kinds.first { $0.reason == kind.reason }?.files ?? 0
      guard kind.files > known else { return nil }
      return Kind(reason: kind.reason, files: kind.files - known, example: kind.example)
    }.sorted { ($1.files, $0.reason.rawValue) < ($0.files, $1.reason.rawValue) }
  }
}
