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

    package init(path: String, mode: String, reason: String? = nil) {
      self.path = path
      self.mode = mode
      self.reason = reason
    }
  }

  /// Over the life of the state.
  package struct Collection: Codable, Sendable, Equatable {
    package var documents: Int
    package var clusters: Int
    /// Absent when there are to be none.
    package var stories: Int?

    package init(documents: Int, clusters: Int, stories: Int? = nil) {
      self.documents = documents
      self.clusters = clusters
      self.stories = stories
    }
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

    package init(
      assigned: [String: Int], skipped: [String: Int], merges: Int, moves: Int, storyMerges: Int,
      storyMoves: Int, overflows: Int, scans: Int
    ) {
      self.assigned = assigned
      self.skipped = skipped
      self.merges = merges
      self.moves = moves
      self.storyMerges = storyMerges
      self.storyMoves = storyMoves
      self.overflows = overflows
      self.scans = scans
    }
  }

  package struct Queue: Codable, Sendable, Equatable {
    package var backlogFiles: Int
    package var inFlightFiles: Int
    package var inFlightBytes: Int
    package var isScanning: Bool
    package var watches: Int

    package init(
      backlogFiles: Int, inFlightFiles: Int, inFlightBytes: Int, isScanning: Bool, watches: Int
    ) {
      self.backlogFiles = backlogFiles
      self.inFlightFiles = inFlightFiles
      self.inFlightBytes = inFlightBytes
      self.isScanning = isScanning
      self.watches = watches
    }
  }

  /// Files per second, committed.
  package struct Rate: Codable, Sendable, Equatable {
    package var lastTenSeconds: Double
    package var lastMinute: Double

    package init(lastTenSeconds: Double, lastMinute: Double) {
      self.lastTenSeconds = lastTenSeconds
      self.lastMinute = lastMinute
    }
  }

  package struct Latency: Codable, Sendable, Equatable {
    /// From the arrival of a settled file to the commit of its record; absent before the first.
    package var queueWait: Percentiles?
    /// Of a batch, syncs included.
    package var commit: Percentiles?

    package init(queueWait: Percentiles? = nil, commit: Percentiles? = nil) {
      self.queueWait = queueWait
      self.commit = commit
    }
  }

  /// Seconds, of the last 1,024.
  package struct Percentiles: Codable, Sendable, Equatable {
    package var median: Double
    package var ninety: Double
    package var ninetyNine: Double
    package var longest: Double

    package init(median: Double, ninety: Double, ninetyNine: Double, longest: Double) {
      self.median = median
      self.ninety = ninety
      self.ninetyNine = ninetyNine
      self.longest = longest
    }
  }

  /// Bytes.
  package struct Memory: Codable, Sendable, Equatable {
    /// VmRSS of proc_pid_status(5).
    package var resident: Int
    /// VmHWM: the most it ever was.
    package var peak: Int
    package var index: Int

    package init(resident: Int, peak: Int, index: Int) {
      self.resident = resident
      self.peak = peak
      self.index = index
    }
  }

  package struct Problem: Codable, Sendable, Equatable {
    package var level: String
    package var text: String
    package var secondsAgo: Double

    package init(level: String, text: String, secondsAgo: Double) {
      self.level = level
      self.text = text
      self.secondsAgo = secondsAgo
    }
  }

  package struct Setting: Codable, Sendable, Equatable {
    package var key: String
    /// As it is written in the file.
    package var value: String
    /// Where it came from.
    package var origin: String

    package init(key: String, value: String, origin: String) {
      self.key = key
      self.value = value
      self.origin = origin
    }
  }

  package init(
    version: String, process: Int32, uptimeSeconds: Double, phase: String, summary: String,
    stateDirectory: String, clusterLog: String, directories: [Directory], collection: Collection,
    sinceStart: SinceStart, queue: Queue, rate: Rate, latency: Latency, memory: Memory,
    trouble: String? = nil, lastProblem: Problem? = nil, configuration: [Setting]
  ) {
    self.version = version
    self.process = process
    self.uptimeSeconds = uptimeSeconds
    self.phase = phase
    self.summary = summary
    self.stateDirectory = stateDirectory
    self.clusterLog = clusterLog
    self.directories = directories
    self.collection = collection
    self.sinceStart = sinceStart
    self.queue = queue
    self.rate = rate
    self.latency = latency
    self.memory = memory
    self.trouble = trouble
    self.lastProblem = lastProblem
    self.configuration = configuration
  }
}
