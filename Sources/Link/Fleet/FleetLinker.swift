// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Links the clusters of all hosts: the one link that has the lock does it for all.
///
/// So decisions are made one after the other, and two hosts that found the same at the same moment
/// find each other. What it keeps in memory is brought back from the database; after an error it is
/// of no use any more.
struct FleetLinker {
  /// So many changes of each host are decided at a time.
  private static let changesOfHost = 128
  /// So many texts leave in a transaction.
  private static let leaving = 500

  private let database: PostgresConnection
  private let reader: FleetReader
  private let writer: FleetWriter
  private var decider: FleetDecider
  private var texts = FleetTexts()
  private var position: FleetWriter.Position

  /// The second key of the advisory lock; those of hosts are above, that of migrations is 0.
  private static let lockKey = -1

  /// - Returns: Nil when another link has the lock.
  init?(_ database: PostgresConnection) throws {
    let taken = try database.run(
      "SELECT pg_try_advisory_lock($1::integer, $2::integer)",
      ["\(LinkSchema.lockClass)", "\(Self.lockKey)"])
    guard taken.value == "t" else { return nil }
    self.database = database
    reader = FleetReader(database: database)
    writer = FleetWriter(database: database)
    position = try FleetRestoration.position(database)
    decider = try FleetRestoration(database: database).decider(after: position)
  }

  /// Decides the next changes.
  ///
  /// - Returns: How many there were.
  mutating func step() throws -> Int {
    let waiting = try reader.changes(ofEachHost: Self.changesOfHost)
    guard let first = waiting.first else { return 0 }
    try learnNames(waiting)
    if first.kind == .expired || first.kind == .reset {
      try leave(first)
      return 1
    }
    let changes = Array(waiting.prefix { $0.kind != .expired && $0.kind != .reset })
    try decide(changes)
    return changes.count
  }

  private mutating func learnNames(_ changes: [FleetChange]) throws(PostgresError) {
    guard changes.contains(where: { decider.names[$0.host] == nil }) else { return }
    for row in try database.run("SELECT host, name FROM neardup.hosts").rows {
      if let host = row[0].flatMap({ Int($0) }) { decider.names[host] = row[1] }
    }
    for change in changes where decider.names[change.host] == nil {
      decider.names[change.host] = "host \(change.host)"
    }
  }

  // MARK: Deciding

  private mutating func decide(_ changes: [FleetChange]) throws {
    var fingerprinter = Fingerprinter()
    var prepared: [Int64: PreparedDocument] = [:]
    for change in changes where !change.tokens.isEmpty {
      prepared[change.id] = FleetTexts.prepared(change.tokens, &fingerprinter)
    }
    var board = FleetBoard()
    let removable = try readHomes(changes, &board)
    let asked = prepared.values.map { LookUpKeys($0) }
    try readKeys(asked, &board)
    decider.begin(board, [:])
    var clusters = Set(
      changes.flatMap { change in
        [change.cluster, change.target].flatMap { cluster in
          board.texts(of: HostCluster(host: change.host, cluster: cluster)).map(\.fleetCluster)
        }
      })
    var compared: Set<UInt32> = []
    for keys in asked {
      for (cluster, texts) in decider.candidates(keys, nil) {
        clusters.insert(cluster)
        compared.formUnion(texts)
      }
    }
    for member in try reader.representatives(of: clusters) {
      board.know(member)
      compared.insert(member.text)
    }
    compared.formUnion(removable)
    for cluster in clusters { compared.formUnion(board.texts(ofFleet: cluster).map(\.text)) }
    let documents = try texts.fetch(compared, database)
    decider.begin(board, documents)
    for change in changes { try decider.take(change, prepared[change.id]) }
    try write(done: changes)
  }

  /// The texts of the clusters and documents that changes are about.
  ///
  /// - Returns: Those that may go.
  private func readHomes(
    _ changes: [FleetChange], _ board: inout FleetBoard
  ) throws -> Set<UInt32> {
    let numbers = Set(
      changes.filter { $0.document > 0 }
        .map { HostCluster(host: $0.host, cluster: $0.document) })
    let named = try reader.members(ofDocuments: numbers)
    var homes = Set(named.map(\.home))
    for change in changes {
      for cluster in [change.cluster, change.target] where cluster > 0 {
        homes.insert(HostCluster(host: change.host, cluster: cluster))
      }
    }
    for member in named { board.know(member) }
    for member in try reader.members(of: homes) { board.know(member) }
    return Set(named.map(\.text))
  }

  private func readKeys(_ asked: [LookUpKeys], _ board: inout FleetBoard) throws {
    let listed = try reader.listed(Set(asked.flatMap(\.asked)))
    var unknown: Set<UInt32> = []
    for (key, texts) in listed {
      board.know(key, texts)
      for text in texts where board.members[text] == nil { unknown.insert(text) }
    }
    for member in try reader.members(unknown) { board.know(member) }
  }

  private mutating func write(done: [FleetChange]) throws {
    let last = decider.nextText - 1
    var gone: [UInt32: [Int64]] = [:]
    for case .remove(let text) in decider.board.edits {
      gone[text] = decider.documents[text].map { LookUpKeys($0).asked } ?? []
    }
    position = try writer.write(
      decider.board, decider.records, from: position, lastText: last, done: done, removed: gone)
    for (text, document) in decider.documents where decider.board.new[text] != nil {
      texts.put(document, of: text)
    }
  }

  // MARK: Leaving

  /// Texts beyond the horizon of their host, or all of a host, go a little at a time.
  private mutating func leave(_ change: FleetChange) throws {
    let through = change.kind == .reset ? UInt32(Int32.max) : change.document
    let reason =
      change.kind == .reset
      ? "its host begins anew or has left" : "its documents up to \(change.document) expired"
    while true {
      let found = try database.run(
        """
        SELECT document FROM neardup.fleet_members
        WHERE host = $1 AND document <= $2 ORDER BY document LIMIT \(Self.leaving)
        """, ["\(change.host)", "\(through)"])
      let numbers = Set(
        found.rows.compactMap { row in
          row[0].flatMap { UInt32($0) }.map { HostCluster(host: change.host, cluster: $0) }
        })
      var board = FleetBoard()
      let going = try reader.members(ofDocuments: numbers)
      for member in going { board.know(member) }
      for member in try reader.members(of: Set(going.map(\.home))) { board.know(member) }
      decider.begin(board, try texts.fetch(going.map(\.text), database))
      for member in going { decider.remove(member, reason: reason) }
      try write(done: going.isEmpty ? [change] : [])
      if going.isEmpty { return }
    }
  }
}
