// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ClusterLog

/// Records in a row, folded into what they change in the tables of a host.
///
/// Decisions revise each other inside a batch as in the log: `assigned`, then `moved`, then
/// `merged` folding what is absorbed into the survivor. A group is absorbed once and its number is
/// never used again, so that mergers may be applied to all that came before or after them alike.
package struct RecordBatch: Sendable {
  /// Which group is folded into which, and which document was put where, in one of the two levels.
  package struct Regrouping: Sendable, Equatable {
    /// What each absorbed group was folded into, and by which record.
    package private(set) var folds: [UInt32: (survivor: UInt32, sequence: UInt64)] = [:]
    /// The group that each moved document was put into last.
    package private(set) var moves: [UInt32: UInt32] = [:]
    /// Groups that are met here first, with the time.
    package private(set) var founded: [UInt32: Int64] = [:]

    mutating func found(_ group: UInt32, at time: Int64) {
      if founded[group] == nil { founded[group] = time }
    }

    mutating func move(_ document: UInt32, to group: UInt32, at time: Int64) {
      moves[document] = group
      found(group, at: time)
    }

    mutating func fold(_ absorbed: UInt32, into survivor: UInt32, _ sequence: UInt64) {
      if absorbed != survivor { folds[absorbed] = (survivor, sequence) }
    }

    mutating func forget(_ document: UInt32) { moves[document] = nil }

    /// What a group is in the end.
    package func survivor(of group: UInt32) -> UInt32 {
      var group = group
      // A damaged log may fold two groups into each other; survivors have smaller numbers.
      while let next = folds[group], next.survivor < group { group = next.survivor }
      return group
    }

    package static func == (first: Self, second: Self) -> Bool {
      first.moves == second.moves && first.founded == second.founded
        && first.folds.mapValues(\.survivor) == second.folds.mapValues(\.survivor)
    }
  }

  /// A document that is new, with the record that assigned it.
  package struct NewDocument: Sendable, Equatable {
    package var sequence: UInt64
    package var time: Int64
    package var assigned: Assigned
  }

  /// The last record; nil for none.
  package private(set) var lastSequence: UInt64?
  /// The time of the last record, microseconds since the epoch.
  package private(set) var lastTime: Int64 = 0
  package private(set) var recordCount = 0
  /// How long the lines were together.
  package private(set) var byteCount = 0
  package private(set) var clusters = Regrouping()
  package private(set) var stories = Regrouping()
  /// Records other than `assigned`, in their order.
  package private(set) var others: [LoggedRecord] = []
  package private(set) var removed: [Removed] = []
  /// The last document that expired; 0 for none.
  package private(set) var expiredThrough: UInt32 = 0

  private var new: [UInt32: NewDocument] = [:]

  package init() {}

  package var isEmpty: Bool { lastSequence == nil }

  /// The new documents that are still there at the end of the batch, in order of their numbers.
  package var documents: [NewDocument] {
    new.values.sorted { $0.assigned.document < $1.assigned.document }
  }

  /// The cluster that a new document is in at the end of the batch.
  package func cluster(of document: NewDocument) -> UInt32 {
    let assigned = document.assigned
    return clusters.survivor(of: clusters.moves[assigned.document] ?? assigned.cluster)
  }

  /// The story that it is in.
  package func story(of document: NewDocument) -> UInt32? {
    let assigned = document.assigned
    return (stories.moves[assigned.document] ?? assigned.story).map(stories.survivor)
  }

  /// Documents that were there before and are in another group now.
  package func moves(
    of level: KeyPath<RecordBatch, Regrouping>
  ) -> [(document: UInt32, group: UInt32)] {
    let level = self[keyPath: level]
    return level.moves.filter { new[$0.key] == nil }.sorted { $0.key < $1.key }
      .map { ($0.key, level.survivor(of: $0.value)) }
  }

  /// Folds the next record in.
  ///
  /// - Parameter bytes: how long its line is.
  package mutating func take(_ logged: LoggedRecord, bytes: Int) {
    lastSequence = logged.sequence
    lastTime = logged.time
    recordCount += 1
    byteCount += bytes
    if case .assigned(let assigned) = logged.record {
      take(assigned, logged)
    } else {
      others.append(logged)
      take(logged.record, logged)
    }
  }

  private mutating func take(_ assigned: Assigned, _ logged: LoggedRecord) {
    new[assigned.document] = NewDocument(
      sequence: logged.sequence, time: logged.time, assigned: assigned)
    clusters.found(assigned.cluster, at: logged.time)
    if let story = assigned.story { stories.found(story, at: logged.time) }
  }

  private mutating func take(_ record: Record, _ logged: LoggedRecord) {
    switch record {
    case .assigned, .skipped: break
    case .moved(let moved): clusters.move(moved.document, to: moved.to, at: logged.time)
    case .merged(let merged):
      for absorbed in merged.absorbed {
        clusters.fold(absorbed, into: merged.cluster, logged.sequence)
      }
    case .storyMoved(let moved): stories.move(moved.document, to: moved.to, at: logged.time)
    case .storyMerged(let merged):
      for absorbed in merged.absorbed {
        stories.fold(absorbed, into: merged.story, logged.sequence)
      }
    case .removed(let gone):
      removed.append(gone)
      drop(gone.document)
    case .expired(let expired):
      expiredThrough = max(expiredThrough, expired.through)
      for document in new.keys where document <= expired.through { drop(document) }
    }
  }

  private mutating func drop(_ document: UInt32) {
    new[document] = nil
    clusters.forget(document)
    stories.forget(document)
  }
}
