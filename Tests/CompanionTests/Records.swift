// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog

@testable import Companion

/// Records of a made-up log, and the lines and collections that they make.
enum Records {
  static let start: Int64 = 1_795_289_400_000_000

  static func digest(_ text: Int) -> [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: text &* 31 &+ $0) }
  }

  /// A document in a cluster of its own, or matched with one of the cluster it joins.
  static func assigned(
    _ number: UInt32, _ path: String? = nil, cluster: UInt32? = nil, like match: UInt32? = nil,
    identical: Bool = false, text: Int? = nil, story: UInt32? = nil, replaces: UInt32? = nil
  ) -> Record {
    .assigned(
      Assigned(
        document: number, path: Array((path ?? "\(number).txt").utf8), bytes: 100,
        sha256: digest(text ?? Int(number)), words: 20, cluster: cluster ?? number,
        relation: match == nil ? .first : identical ? .identical : .near,
        match: match.map { self.match($0) }, story: story, replaces: replaces))
  }

  static func match(_ document: UInt32) -> Match {
    Match(
      document: document, path: Array("\(document).txt".utf8), resemblance: 0.3,
      containment: 0.6, shared: 40, clusterSimilarity: 0.9)
  }

  static func merged(_ cluster: UInt32, _ absorbed: [UInt32], by document: UInt32) -> Record {
    .merged(
      Merged(cluster: cluster, absorbed: absorbed, document: document, match: match(cluster)))
  }

  static func moved(_ document: UInt32, from: UInt32, to: UInt32) -> Record {
    .moved(
      Moved(
        document: document, path: Array("\(document).txt".utf8), from: from, to: to,
        reason: "it fits better"))
  }

  static func skipped(_ path: String) -> Record {
    .skipped(Skipped(path: Array(path.utf8), reason: .binary, detail: "a NUL at byte 3"))
  }

  static func removed(_ document: UInt32, cluster: UInt32, _ path: String? = nil) -> Record {
    let path = path ?? "\(document).txt"
    return .removed(Removed(document: document, path: Array(path.utf8), cluster: cluster))
  }

  /// The records with their numbers, a second apart.
  static func logged(_ records: [Record], from first: UInt64 = 1) -> [LoggedRecord] {
    records.enumerated().map { place, record in
      let sequence = first + UInt64(place)
      return LoggedRecord(
        sequence: sequence, time: start + Int64(sequence) * 1_000_000, record: record)
    }
  }

  /// The lines of a log, with their ends.
  static func lines(_ records: [Record], from first: UInt64 = 1) -> [UInt8] {
    var bytes: [UInt8] = []
    for logged in logged(records, from: first) {
      RecordEncoder().append(
        logged.record, sequence: logged.sequence, time: logged.time, to: &bytes)
    }
    return bytes
  }

  static func collection(_ records: [Record]) -> RecordedCollection {
    var collection = RecordedCollection(source: .log)
    for logged in logged(records) { collection.take(logged) }
    return collection
  }

  /// The same at given times of a clock that may be set, in seconds since the epoch.
  static func collection(_ records: [Record], at seconds: [Int64]) -> RecordedCollection {
    var collection = RecordedCollection(source: .log)
    for (var logged, second) in zip(logged(records), seconds) {
      logged.time = second * 1_000_000
      collection.take(logged)
    }
    return collection
  }
}
