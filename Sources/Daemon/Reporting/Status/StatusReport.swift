// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a running daemon says of itself: the answer to "status" and `neardup status --json`.
package struct StatusReport: Codable, Sendable, Equatable {
  package var version: String
  package var process: Int32
  package var uptimeSeconds: Double
  /// "starting", "loading", "running" or "stopping".
  package var phase: String
  /// The line that systemd shows.
  package var summary: String
  package var stateDirectory: String
  package var clusterLog: String
  package var directories: [Directory]
  package var collection: Collection
  package var sinceStart: SinceStart
  package var queue: Queue
  package var rate: Rate
  package var latency: Latency
  package var memory: Memory
  /// What keeps commits from succeeding now, such as a full disk.
  package var trouble: String?
  /// The last warning or error that was logged since the start.
  package var lastProblem: Problem?
  package var configuration: [Setting]

  package struct Directory: Codable, Sendable, Equatable {
    package var path: String
    /// "watching", "polling", "missing" or "hanging".
    package var mode: String
    package var reason: String?
  }

  /// Over the life of the state.
  package struct Collection: Codable, Sendable, Equatable {
    package var documents: Int
    package var clusters: Int
    /// Absent when there are to be none.
    package var stories: Int?
  }

  package struct SinceStart: Codable, Sendable, Equatable {
    /// Documents by relation.
    package var assigned: [String: Int]
    /// Files by reason; reasons that did not occur are absent.
    package var skipped: [String: Int]
    package var merges: Int
    package var moves: Int
    package var storyMerges: Int
    package var storyMoves: Int
    package var overflows: Int
    package var scans: Int
  }

  package struct Queue: Codable, Sendable, Equatable {
    package var backlogFiles: Int
    package var inFlightFiles: Int
    package var inFlightBytes: Int
    package var isScanning: Bool
    package var watches: Int
  }

  /// Files per second, committed.
  package struct Rate: Codable, Sendable, Equatable {
    package var lastTenSeconds: Double
    package var lastMinute: Double
  }

  package struct Latency: Codable, Sendable, Equatable {
    /// From the arrival of a settled file to the commit of its record; absent before the first.
    package var queueWait: Percentiles?
    /// Of a batch, syncs included.
    package var commit: Percentiles?
  }

  /// Seconds, of the last 1,024.
  package struct Percentiles: Codable, Sendable, Equatable {
    package var median: Double
    package var ninety: Double
    package var ninetyNine: Double
    package var longest: Double
  }

  /// Bytes.
  package struct Memory: Codable, Sendable, Equatable {
    /// VmRSS of proc_pid_status(5).
    package var resident: Int
    /// VmHWM: the most it ever was.
    package var peak: Int
    package var index: Int
  }

  package struct Problem: Codable, Sendable, Equatable {
    package var level: String
    package var text: String
    package var secondsAgo: Double
  }

  package struct Setting: Codable, Sendable, Equatable {
    package var key: String
    /// As it is written in the file.
    package var value: String
    /// Where it came from.
    package var origin: String
  }
}
