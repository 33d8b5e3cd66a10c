// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import NearDuplicates

/// Makes what was decided durable: tables, log and queue in one transaction.
struct FleetWriter {
  /// The numbers that were given out last.
  struct Position: Equatable {
    var text: UInt32
    var sequence: UInt64
  }

  /// So many records are kept for links that are behind or new.
  static let keptRecords: UInt64 = 100_000

  let database: PostgresConnection

  /// - Parameters:
  ///   - done: changes that are through with it.
  ///   - removed: the keys of texts that go.
  /// - Returns: The position then.
  func write(
    _ board: FleetBoard, _ records: [FleetRecord], from position: Position, lastText: UInt32,
    done: [FleetChange], removed: [UInt32: [Int64]]
  ) throws -> Position {
    let next = Position(
      text: lastText, sequence: position.sequence + UInt64(records.count))
    try database.run("BEGIN")
    do {
      try advance(from: position, to: next)
      try found(board)
      for edit in board.edits { try apply(edit, removed) }
      try insert(board)
      try noteStories(board)
      try dropEmpty(board)
      try log(records, after: position.sequence)
      try take(done)
      if !records.isEmpty { try database.run("NOTIFY \(FleetOffer.channel)") }
      try database.run("COMMIT")
    } catch {
      _ = try? database.run("ROLLBACK")
      throw error
    }
    return next
  }

  /// Compared and set, so that no two links ever give out the same numbers.
  private func advance(from old: Position, to new: Position) throws(PostgresError) {
    let moved = try database.run(
      """
      UPDATE neardup.fleet SET last_text = $3, last_seq = $4 WHERE last_text = $1 AND last_seq = $2
      """, ["\(old.text)", "\(old.sequence)", "\(new.text)", "\(new.sequence)"])
    guard moved.changed == 1 else {
      throw PostgresError(.refused, "another link has linked clusters meanwhile")
    }
  }

  private func found(_ board: FleetBoard) throws(PostgresError) {
    if board.founded.isEmpty { return }
    var rows = CopyText()
    for (cluster, time) in board.founded.sorted(by: { $0.key < $1.key }) {
      rows.append(time: time)
      rows.append(cluster)
      rows.append(board.stories[cluster])
      rows.endRow()
    }
    try database.copy(
      "COPY neardup.fleet_clusters (since, fleet_cluster, story) FROM STDIN", rows.bytes)
  }

  private func apply(
    _ edit: FleetBoard.Edit, _ removed: [UInt32: [Int64]]
  ) throws(PostgresError) {
    switch edit {
    case .fold(let absorbed, let kept):
      let pair = ["\(absorbed)", "\(kept)"]
      try database.run(FleetReader.Statement.fold, pair)
      try database.run(
        "UPDATE neardup.fleet_clusters SET absorbed_into = $2 WHERE fleet_cluster = $1", pair)
    case .put(let text, let cluster):
      try database.run(
        "UPDATE neardup.fleet_members SET fleet_cluster = $2 WHERE text = $1",
        ["\(text)", "\(cluster)"])
    case .recluster(let text, let cluster):
      try database.run(
        "UPDATE neardup.fleet_members SET cluster = $2 WHERE text = $1",
        ["\(text)", "\(cluster)"])
    case .hold(let texts):
      try database.run(
        """
        UPDATE neardup.fleet_members SET is_held = true
        WHERE text = ANY ($1::integer[]) AND NOT is_held
        """, [SQLText.list(texts)])
    case .remove(let text):
      for table in ["fleet_members", "fleet_texts"] {
        try database.run("DELETE FROM neardup.\(table) WHERE text = $1", ["\(text)"])
      }
      try database.run(
        "DELETE FROM neardup.fleet_keys WHERE text = $1 AND key = ANY ($2::bigint[])",
        ["\(text)", SQLText.list(large: removed[text] ?? [])])
    case .foldStory(let absorbed, let kept):
      try database.run(
        "UPDATE neardup.fleet_clusters SET story = $2 WHERE story = $1",
        ["\(absorbed)", "\(kept)"])
    }
  }

  private func insert(_ board: FleetBoard) throws(PostgresError) {
    if board.new.isEmpty { return }
    var (members, texts, keys) = (CopyText(), CopyText(), CopyText())
    for (number, new) in board.new.sorted(by: { $0.key < $1.key }) {
      append(new, to: &members)
      texts.append(number)
      texts.append(bytes: new.tokens)
      texts.append(bytes: board.terms[number])
      texts.endRow()
      for key in Set(new.keys).sorted() {
        keys.append(key)
        keys.append(number)
        keys.endRow()
      }
    }
    try database.copy(
      """
      COPY neardup.fleet_members (time, text, host, document, cluster, fleet_cluster, matched, \
      shared, resemblance, containment, cluster_similarity, is_held, is_round_up, contains) \
      FROM STDIN
      """, members.bytes)
    try database.copy("COPY neardup.fleet_texts (text, tokens, terms) FROM STDIN", texts.bytes)
    try database.copy("COPY neardup.fleet_keys (key, text) FROM STDIN", keys.bytes)
  }

  private func append(_ new: FleetBoard.New, to rows: inout CopyText) {
    let member = new.member
    rows.append(time: new.time)
    rows.append(member.text)
    rows.append(member.host)
    rows.append(member.document)
    rows.append(member.cluster)
    rows.append(member.fleetCluster)
    rows.append(new.match?.document)
    rows.append(new.match?.shared)
    rows.append(measure: new.match?.resemblance)
    rows.append(measure: new.match?.containment)
    rows.append(measure: new.match?.clusterSimilarity)
    rows.append(text: member.isHeld ? "t" : "f")
    rows.append(text: member.isRoundUp ? "t" : "f")
    rows.append(list: new.contains)
    rows.endRow()
  }

  private func noteStories(_ board: FleetBoard) throws(PostgresError) {
    if !board.stories.isEmpty {
      let sorted = board.stories.sorted { $0.key < $1.key }
      try database.run(
        """
        UPDATE neardup.fleet_clusters c SET story = s.story
        FROM unnest($1::integer[], $2::integer[]) s (fleet_cluster, story)
        WHERE c.fleet_cluster = s.fleet_cluster AND c.story IS DISTINCT FROM s.story
        """, [SQLText.list(sorted.map(\.key)), SQLText.list(sorted.map(\.value))])
    }
    for (text, terms) in board.terms where board.new[text] == nil {
      var bytes = CopyText()
      bytes.append(bytes: terms)
      try database.run(
        "UPDATE neardup.fleet_texts SET terms = decode($2, 'hex') WHERE text = $1",
        ["\(text)", String(decoding: bytes.bytes.dropFirst(3), as: UTF8.self)])
    }
  }

  /// Fleet clusters without a text, and those that were folded into them.
  private func dropEmpty(_ board: FleetBoard) throws(PostgresError) {
    if board.shrunk.isEmpty { return }
    try database.run(
      """
      DELETE FROM neardup.fleet_clusters c
      WHERE (c.fleet_cluster = ANY ($1::integer[]) OR c.absorbed_into = ANY ($1::integer[]))
        AND NOT EXISTS (SELECT 1 FROM neardup.fleet_members m
          WHERE m.fleet_cluster = coalesce(c.absorbed_into, c.fleet_cluster))
      """, [SQLText.list(board.shrunk.sorted())])
  }

  private func log(_ records: [FleetRecord], after last: UInt64) throws(PostgresError) {
    if records.isEmpty { return }
    let now = try database.run("SELECT (extract(epoch FROM now()) * 1000000)::bigint").value
    let time = now.flatMap { Int64($0) } ?? 0
    var rows = CopyText()
    for (place, record) in records.enumerated() {
      let sequence = last + UInt64(place) + 1
      rows.append(sequence)
      rows.append(time: time)
      rows.append(utf8: record.line(sequence: sequence, time: time))
      rows.endRow()
    }
    try database.copy("COPY neardup.fleet_log (seq, time, line) FROM STDIN", rows.bytes)
    let reached = last + UInt64(records.count)
    // Now and then, since deleting one by one costs more than keeping some.
    if reached > Self.keptRecords, reached / 1_000 != last / 1_000 {
      try database.run(
        "DELETE FROM neardup.fleet_log WHERE seq <= $1", ["\(reached - Self.keptRecords)"])
    }
  }

  private func take(_ done: [FleetChange]) throws(PostgresError) {
    if done.isEmpty { return }
    try database.run(
      """
      DELETE FROM neardup.fleet_queue q USING unnest($1::integer[], $2::bigint[]) d (host, id)
      WHERE q.host = d.host AND q.id = d.id
      """,
      [
        SQLText.list(done.map { UInt32(clamping: $0.host) }),
        SQLText.list(large: done.map(\.id)),
      ])
  }
}
