// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Which document is in which story, from a pass over the log that reads no more than it must.
struct StoryScan {
  private(set) var partition = Partition()

  init(_ log: LogScan) throws {
    try log.forEachLine { line in
      guard let opening = LineOpening(line) else { return }
      switch opening.event {
      case .assigned:
        if let document = opening.document, let story = LineOpening.story(in: line) {
          partition.put(document, into: story)
        }
      case .storyMoved, .storyMerged:
        if let logged = try? LoggedRecord(decoding: line) { take(logged.record) }
      case .merged, .moved, .removed, .skipped, .expired: break
      }
    }
  }

  private mutating func take(_ record: Record) {
    switch record {
    case .storyMoved(let moved): partition.put(moved.document, into: moved.to)
    case .storyMerged(let merged):
      for absorbed in merged.absorbed { partition.fold(absorbed, into: merged.story) }
    default: break
    }
  }
}
