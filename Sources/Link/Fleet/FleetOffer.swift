// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Companion
internal import Glibc
internal import StateStore

/// Puts what a batch changes for the fleet into its queue, in the transaction that carries the
/// batch: so each change is there once, however often the link or the server ends.
struct FleetOffer {
  /// So many texts stand for a cluster of a host.
  static let textsOfCluster = 8
  static let channel = "neardup_fleet"

  private static let copy = """
    COPY neardup.fleet_queue (time, host, change, document, cluster, target, tokens) FROM STDIN
    """

  let database: PostgresConnection
  let host: Int
  private let state: StateReader?

  /// - Parameter places: where the texts are; without a state there are none to give.
  init(_ database: PostgresConnection, host: Int, _ places: ResultPlaces) throws {
    self.database = database
    self.host = host
    let file = places.stateDirectory + Array("/neardupd.sqlite".utf8)
    let isThere = file.withUnsafeBytes { bytes in
      String(decoding: bytes, as: UTF8.self).withCString { access($0, F_OK) == 0 }
    }
    do {
      state = isThere ? try StateReader.open(directory: places.stateDirectory) : nil
    } catch {
      throw PostgresError(.refused, "the state cannot be read now: \(error)")
    }
  }

  /// Rows on their way into the queue.
  struct Rows {
    private(set) var text = CopyText()
    let host: Int

    mutating func append(
      _ change: FleetChange.Kind, _ document: UInt32? = nil, cluster: UInt32? = nil,
      target: UInt32? = nil, time: Int64, tokens: [UInt8]? = nil
    ) {
      text.append(time: time)
      text.append(host)
      text.append(text: change.rawValue)
      text.append(document)
      text.append(cluster)
      text.append(target)
      text.append(bytes: tokens)
      text.endRow()
    }
  }

  /// Queues what a batch changes, while what it takes away is still in the tables of the host.
  func put(_ batch: RecordBatch) throws {
    var rows = Rows(host: host)
    for (absorbed, fold) in batch.clusters.folds.sorted(by: { $0.key < $1.key }) {
      rows.append(
        .merged, cluster: absorbed, target: batch.clusters.survivor(of: fold.survivor),
        time: batch.lastTime)
    }
    for (document, cluster) in batch.moves(of: \.clusters) {
      rows.append(
        .moved, document, target: cluster, time: batch.lastTime, tokens: try tokens(document))
    }
    for gone in batch.removed { rows.append(.gone, gone.document, time: batch.lastTime) }
    if batch.expiredThrough > 0 {
      rows.append(.expired, batch.expiredThrough, time: batch.lastTime)
    }
    try putTexts(of: batch, &rows)
    try send(rows)
  }

  /// Queues the first texts left of clusters whose texts go with a batch; to be called when these
  /// documents are no longer in the tables of the host.
  func putSuccessors(_ batch: RecordBatch) throws {
    guard batch.expiredThrough > 0 || !batch.removed.isEmpty else { return }
    let found = try database.run(
      """
      SELECT d.document, g.cluster, (extract(epoch FROM d.time) * 1000000)::bigint
      FROM (
        SELECT cluster FROM neardup.fleet_members
          WHERE host = $1::integer AND (document <= $2::integer OR document = ANY ($3::integer[]))
        UNION
        SELECT cluster FROM neardup.fleet_queue
          WHERE host = $1::integer AND change = 'text'
            AND (document <= $2::integer OR document = ANY ($3::integer[]))
      ) g
      CROSS JOIN LATERAL (
        SELECT document, time FROM neardup.documents
        WHERE host = $1::integer AND cluster = g.cluster ORDER BY document LIMIT 1
      ) d
      WHERE NOT EXISTS (SELECT 1 FROM neardup.fleet_members m
        WHERE m.host = $1::integer AND m.document = d.document)
      """,
      [
        "\(host)", "\(batch.expiredThrough)", SQLText.list(batch.removed.map(\.document)),
      ])
    var rows = Rows(host: host)
    for row in found.rows {
      guard let document = row[0].flatMap({ UInt32($0) }), let tokens = try tokens(document) else {
        continue
      }
      rows.append(
        .text, document, cluster: row[1].flatMap { UInt32($0) },
        time: row[2].flatMap { Int64($0) } ?? batch.lastTime, tokens: tokens)
    }
    try send(rows)
  }

  /// The texts that found clusters, and those that come to clusters of few.
  private func putTexts(of batch: RecordBatch, _ rows: inout Rows) throws {
    let documents = batch.documents.filter { $0.assigned.relation != .identical }
    let joined = Set(
      documents.filter { $0.assigned.relation != .first }.map { batch.cluster(of: $0) })
    var counts = try texts(of: joined)
    for document in documents {
      let cluster = batch.cluster(of: document)
      guard counts[cluster, default: 0] < Self.textsOfCluster,
        let tokens = try tokens(document.assigned.document)
      else { continue }
      counts[cluster, default: 0] += 1
      rows.append(
        .text, document.assigned.document, cluster: cluster, time: document.time, tokens: tokens)
    }
  }

  /// How many texts of clusters are linked already, or waiting for it.
  private func texts(of clusters: Set<UInt32>) throws(PostgresError) -> [UInt32: Int] {
    if clusters.isEmpty { return [:] }
    let found = try database.run(
      """
      SELECT c, (SELECT count(*) FROM (
          SELECT 1 FROM neardup.fleet_members WHERE host = $1::integer AND cluster = c LIMIT 8) m)
        + (SELECT count(*) FROM (
          SELECT 1 FROM neardup.fleet_queue
          WHERE host = $1::integer AND cluster = c AND change = 'text' LIMIT 8) q)
      FROM unnest($2::integer[]) c
      """, ["\(host)", SQLText.list(clusters.sorted())])
    return Dictionary(
      found.rows.compactMap { row in
        row[0].flatMap { UInt32($0) }.flatMap { cluster in
          row[1].flatMap { Int($0) }.map { (cluster, $0) }
        }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The stored words of a document; nil where it has none of its own.
  func tokens(_ document: UInt32) throws(PostgresError) -> [UInt8]? {
    do throws(StateStoreError) {
      return try state?.tokens(of: document)
    } catch {
      throw PostgresError(.refused, "the state cannot be read now: \(error)")
    }
  }

  /// Sends rows and wakes whoever links.
  func send(_ rows: Rows) throws(PostgresError) {
    if rows.text.isEmpty { return }
    try database.copy(Self.copy, rows.text.bytes)
    try database.run("NOTIFY \(Self.channel)")
  }
}
