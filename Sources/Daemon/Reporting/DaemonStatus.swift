// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the daemon is doing, in numbers: the source of STATUS=, of summaries and of metrics.
struct DaemonStatus: Sendable, Equatable {
  enum Phase: Sendable, Equatable {
    case starting
    /// Rebuilding the index from the state.
    case loading(done: Int, total: Int)
    case running
    case stopping
  }

  struct Place: Sendable, Equatable {
    var path: String
    var mode: DropRoot.Mode
    /// What inotify does not see below, where it sees the rest; nil when it sees everything.
    var blindness: String?
  }

  struct Intake: Sendable, Equatable {
    /// Files seen that were not yet submitted.
    var backlog = 0
    var isScanning = false
    /// Of `--once`: files submitted so far, and all that there are, once they are counted.
    var submitted = 0
    var expected: Int?
    var watches = 0
    var places: [Place] = []
  }

  struct Totals: Sendable, Equatable {
    /// Over the life of the state.
    var documents = 0
    var clusters = 0
    /// Nil when there are to be none.
    var stories: Int?
    /// Since the start of the process.
    var assigned = 0
    var skipped = 0
    var skippedFiles = SkippedFiles()
    var processed = 0
    var merges = 0
    var moves = 0
    var storyMerges = 0
    var storyMoves = 0
    var overflows = 0
    var scans = 0

    /// Takes over what the deciding task counts; the rest is the intake's.
    mutating func take(_ other: Totals) {
      let (overflows, scans) = (self.overflows, self.scans)
      self = other
      (self.overflows, self.scans) = (overflows, scans)
    }
  }

  var phase = Phase.starting
  var intake = Intake()
  var totals = Totals()
  /// Files between arrival and commit.
  var inFlight = 0
  /// Memory of the index, of the cluster tables and of stories, in bytes.
  var indexBytes = 0
  /// What keeps commits from succeeding, such as a full disk; nil when all is well.
  var trouble: String?

  /// Files known that no commit covers yet.
  var remaining: Int { intake.backlog + inFlight }
}
