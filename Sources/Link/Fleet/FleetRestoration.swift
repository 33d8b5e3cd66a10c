// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import Settings

/// Brings back what whoever links has in memory: how common runs of words are, and the stories that
/// are open.
struct FleetRestoration {
  let database: PostgresConnection

  /// So many fleet clusters are read by a statement.
  private static let rows = 512
  /// So many units of stories are brought back at most, the latest.
  private static let unitLimit = 65_536

  /// The numbers that were given out last; the first link of all makes the row.
  static func position(_ database: PostgresConnection) throws -> FleetWriter.Position {
    let scheme = "\(FingerprintScheme.version)"
    try database.run(
      "INSERT INTO neardup.fleet (scheme) VALUES ($1) ON CONFLICT DO NOTHING", [scheme])
    let found = try database.run("SELECT last_text, last_seq, scheme FROM neardup.fleet")
    guard let row = found.rows.first, let text = row[0].flatMap({ UInt32($0) }),
      let sequence = row[1].flatMap({ UInt64($0) })
    else { throw PostgresError(.refused, "neardup.fleet has no row that can be read") }
    guard row[2] == scheme else {
      throw PostgresError(
        .refused,
        "the fleet's texts are of scheme \(row[2] ?? "?"), this link's of \(scheme): bring all "
          + "hosts to the same version, then let each join again (leave, join)")
    }
    return FleetWriter.Position(text: text, sequence: sequence)
  }

  func decider(after position: FleetWriter.Position) throws -> FleetDecider {
    var collection = SelectedCollection()
    let founders = try latestTexts()
    for (_, text) in founders { collection.count(text) }
    let texts = Dictionary(uniqueKeysWithValues: founders.map { ($0.cluster, $0.text) })
    return FleetDecider(collection, try stories(texts), nextText: position.text + 1)
  }

  /// The first texts of the latest fleet clusters, the earliest first.
  private func latestTexts() throws -> [(cluster: UInt32, text: TokenSequence)] {
    var found: [(cluster: UInt32, text: TokenSequence)] = []
    var before = UInt32(Int32.max)
    while found.count < SelectedCollection.countedClusters {
      let answer = try database.run(
        """
        SELECT c.fleet_cluster, t.tokens FROM (
          SELECT fleet_cluster FROM neardup.fleet_clusters WHERE fleet_cluster < $1
          ORDER BY fleet_cluster DESC LIMIT \(Self.rows)) c
        LEFT JOIN neardup.fleet_texts t ON t.text = c.fleet_cluster ORDER BY 1 DESC
        """, ["\(before)"])
      if answer.rows.isEmpty { break }
      for row in answer.rows {
        guard let cluster = row[0].flatMap({ UInt32($0) }) else { continue }
        before = cluster
        guard let stored = row[1].flatMap({ SQLText.bytes($0) }),
          let text = TokenSequenceCoder.decode(stored)
        else { continue }
        found.append((cluster, text))
      }
    }
    return found.prefix(SelectedCollection.countedClusters).reversed()
  }

  private func stories(_ texts: [UInt32: TokenSequence]) throws -> Stories {
    let window = DaemonConfiguration().stories.settings?.window ?? 0
    let found = try database.run(
      """
      SELECT * FROM (
        SELECT c.fleet_cluster, c.story, (extract(epoch FROM c.since) * 1000000)::bigint, t.terms
        FROM neardup.fleet_clusters c JOIN neardup.fleet_texts t ON t.text = c.fleet_cluster
        WHERE c.absorbed_into IS NULL AND c.story IS NOT NULL AND t.terms IS NOT NULL
        ORDER BY c.fleet_cluster DESC LIMIT \(Self.unitLimit)
      ) latest ORDER BY fleet_cluster
      """, [], within: .seconds(300))
    let first = found.rows.first?[0].flatMap { UInt32($0) } ?? 1
    var stories = Stories(window: window, base: first - 1)
    for row in found.rows {
      guard let cluster = row[0].flatMap({ UInt32($0) }),
        let story = row[1].flatMap({ UInt32($0) }),
        let time = row[2].flatMap({ Int64($0) }), let bytes = row[3].flatMap({ SQLText.bytes($0) }),
        var trace = Self.trace(bytes)
      else { continue }
      trace.cluster = cluster
      trace.source = texts[cluster] == nil ? 0 : cluster
      trace.story = story
      stories.restore(trace, of: cluster, time: time, isRemembered: texts[cluster] != nil)
    }
    try stories.finishRestoring { texts[$0] ?? TokenSequence(tokens: [], traits: []) }
    return stories
  }

  private static func trace(_ bytes: [UInt8]) -> StoryTrace? {
    var position = 0
    let span = bytes.span
    return StoryTrace.decode(span.bytes, &position)?.first
  }
}
