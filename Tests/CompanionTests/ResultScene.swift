// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import NearDuplicates
import StateStore
import TestSupport

@testable import Companion

/// A state and a log that say the same, made of records and of texts given as words.
final class ResultScene {
  let directory: TemporaryDirectory
  let store: StateStore
  var state: String { directory.path("state") }
  var log: String { directory.path("clusters.jsonl") }
  var drop: String { directory.path("drop") }

  /// - Parameters:
  ///   - texts: The words of documents; those without get words of their own.
  ///   - sketches: What the `sketch` column has; nothing for those without.
  ///   - withoutText: Documents whose text the state lacks.
  ///   - durable: How many of the lines are known to be in the log.
  ///   - schemeVersion: Of which scheme the state says that its texts are.
  init(
    _ records: [Record], texts: [UInt32: [UInt32]] = [:], sketches: [UInt32: [UInt8]] = [:],
    withoutText: Set<UInt32> = [], durable: UInt64 = 0,
    schemeVersion: Int = FingerprintScheme.version
  ) throws {
    directory = try TemporaryDirectory()
    _ = try directory.makeDirectory("drop")
    store = try StateStore.open(
      directory: Array(directory.path("state").utf8), schemeVersion: schemeVersion)
    let number = try store.dropNumber(of: Array(directory.path("drop").utf8))
    var batch = StateBatch()
    for logged in Records.logged(records) { Self.add(logged, texts, drop: number, to: &batch) }
    for place in batch.documents.indices {
      batch.documents[place].sketch = sketches[batch.documents[place].document] ?? []
    }
    batch.contents.removeAll { withoutText.contains($0.document) }
    batch.lines = Records.lines(records)
    batch.lineCount = records.count
    try store.commit(batch)
    try store.markDurable(through: durable)
    try writeLog(batch.lines)
  }

  var places: ResultPlaces {
    ResultPlaces(stateDirectory: state, clusterLog: log, dropDirectories: [drop])
  }

  func writeLog(_ bytes: [UInt8], _ suffix: String = "") throws {
    try FileSystem.write(bytes, to: log + suffix)
  }

  func source() throws -> CollectionSource { try CollectionSource(places) }

  private static func add(
    _ logged: LoggedRecord, _ texts: [UInt32: [UInt32]], drop: UInt32, to batch: inout StateBatch
  ) {
    let after = batch.documents.last?.document ?? 0
    func revise(_ kind: Revision.Kind, _ subject: UInt32, _ source: UInt32, _ target: UInt32) {
      batch.revisions.append(
        Revision(
          afterDocument: after, kind: kind, subject: subject, source: source, target: target))
    }
    switch logged.record {
    case .assigned(let assigned): add(assigned, logged.time, texts, drop: drop, to: &batch)
    case .merged(let merged):
      for absorbed in merged.absorbed { revise(.clusterMerged, absorbed, absorbed, merged.cluster) }
    case .moved(let moved): revise(.documentMoved, moved.document, moved.from, moved.to)
    case .removed(let removed): revise(.documentRemoved, removed.document, removed.cluster, 0)
    case .skipped, .storyMerged, .storyMoved, .expired: break
    }
  }

  private static func add(
    _ assigned: Assigned, _ time: Int64, _ texts: [UInt32: [UInt32]], drop: UInt32,
    to batch: inout StateBatch
  ) {
    let isIdentical = assigned.relation == .identical
    let number = assigned.document
    batch.documents.append(
      StoredDocument(
        document: number, drop: drop, path: assigned.path, bytes: assigned.bytes,
        sha256: assigned.sha256, words: assigned.words, cluster: assigned.cluster,
        identicalTo: isIdentical ? assigned.match?.document : nil, replaces: assigned.replaces,
        arrived: time, sketch: []))
    if isIdentical { return }
    let tokens = texts[number] ?? (0..<20).map { number * 1_000 + $0 }
    batch.contents.append(
      StoredContent(
        document: number,
        tokens: TokenSequenceCoder.encode(
          TokenSequence(tokens: tokens, traits: Array(repeating: 0, count: tokens.count)))))
  }
}
