// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LinkSchema {
  /// One space of clusters of all hosts.
  ///
  /// A *text* is one of up to eight that stand for a cluster of a host; a *fleet cluster* has the
  /// number of its first text. Tables of texts and keys have their number or key first, so that
  /// each can be distributed by it (Citus) as it is. Deciding is done by one link at a time, the
  /// only one that writes these tables; hosts write `fleet_queue`.
  static let fleetTables = """
    CREATE TYPE neardup.fleet_change AS ENUM (
      'text', 'merged', 'moved', 'gone', 'expired', 'reset');

    ALTER TABLE neardup.hosts
      ADD COLUMN fleet_ready boolean NOT NULL DEFAULT false,
      ADD COLUMN fleet_through integer NOT NULL DEFAULT 0,
      ADD COLUMN fleet_logged bigint NOT NULL DEFAULT 0;

    CREATE TABLE neardup.fleet_queue (
      id bigint GENERATED ALWAYS AS IDENTITY,
      time timestamptz NOT NULL,
      host integer NOT NULL,
      change neardup.fleet_change NOT NULL,
      document integer,
      cluster integer,
      target integer,
      tokens bytea,
      PRIMARY KEY (host, id)
    );
    CREATE INDEX fleet_queue_cluster ON neardup.fleet_queue (host, cluster);

    CREATE TABLE neardup.fleet_members (
      time timestamptz NOT NULL,
      text integer PRIMARY KEY,
      host integer NOT NULL,
      document integer NOT NULL,
      cluster integer NOT NULL,
      fleet_cluster integer NOT NULL,
      matched integer,
      shared integer,
      resemblance real,
      containment real,
      cluster_similarity real,
      is_held boolean NOT NULL,
      is_round_up boolean NOT NULL,
      contains integer[]
    );
    CREATE INDEX fleet_members_cluster ON neardup.fleet_members (host, cluster);
    CREATE INDEX fleet_members_document ON neardup.fleet_members (host, document);
    CREATE INDEX fleet_members_fleet_cluster ON neardup.fleet_members (fleet_cluster, text);

    CREATE TABLE neardup.fleet_texts (
      text integer PRIMARY KEY,
      tokens bytea NOT NULL,
      terms bytea
    );

    CREATE TABLE neardup.fleet_keys (
      key bigint NOT NULL,
      text integer NOT NULL,
      PRIMARY KEY (key, text)
    );

    CREATE TABLE neardup.fleet_clusters (
      since timestamptz NOT NULL,
      fleet_cluster integer PRIMARY KEY,
      story integer,
      absorbed_into integer
    );
    CREATE INDEX fleet_clusters_story ON neardup.fleet_clusters (story);

    CREATE TABLE neardup.fleet_log (
      seq bigint PRIMARY KEY,
      time timestamptz NOT NULL,
      line text NOT NULL
    );

    CREATE TABLE neardup.fleet (
      one integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
      scheme integer NOT NULL,
      last_text integer NOT NULL DEFAULT 0,
      last_seq bigint NOT NULL DEFAULT 0
    );

    """

  /// What people ask for.
  static let fleetViews = """
    CREATE VIEW neardup.fleet_documents AS
      SELECT h.name AS host, d.document, d.cluster, f.fleet_cluster, c.story AS fleet_story,
        d.relation, d.drop_directory, d.path, d.member, d.title, d.words, d.bytes, d.time
      FROM neardup.documents d
      JOIN neardup.hosts h ON h.host = d.host
      LEFT JOIN LATERAL (
        SELECT m.fleet_cluster FROM neardup.fleet_members m
        WHERE m.host = d.host AND m.cluster = d.cluster LIMIT 1
      ) f ON true
      LEFT JOIN neardup.fleet_clusters c ON c.fleet_cluster = f.fleet_cluster;
    COMMENT ON VIEW neardup.fleet_documents IS
      'Each document of all hosts with its fleet cluster and fleet story, NULL until it is linked';

    CREATE VIEW neardup.fleet_linked AS
      SELECT DISTINCT m.fleet_cluster, m.host, m.cluster FROM neardup.fleet_members m;
    COMMENT ON VIEW neardup.fleet_linked IS
      'Which clusters of hosts make up each fleet cluster, a row for each of them';

    CREATE VIEW neardup.fleet_current_clusters AS
      SELECT g.fleet_cluster, g.hosts, g.clusters, g.documents, c.story AS fleet_story,
        f.host AS first_host, f.path AS first_path, f.title AS first_title, g.first_time,
        g.last_time
      FROM (
        SELECT l.fleet_cluster, count(DISTINCT l.host) AS hosts,
          count(DISTINCT (l.host, l.cluster)) AS clusters, count(*) AS documents,
          min(d.time) AS first_time, max(d.time) AS last_time
        FROM neardup.fleet_linked l
        JOIN neardup.documents d ON d.host = l.host AND d.cluster = l.cluster
        GROUP BY l.fleet_cluster
      ) g
      JOIN neardup.fleet_clusters c ON c.fleet_cluster = g.fleet_cluster
      CROSS JOIN LATERAL (
        SELECT h.name AS host, d.path, d.title
        FROM neardup.fleet_linked l
        JOIN neardup.documents d ON d.host = l.host AND d.cluster = l.cluster
        JOIN neardup.hosts h ON h.host = d.host
        WHERE l.fleet_cluster = g.fleet_cluster ORDER BY d.time, h.name, d.document LIMIT 1
      ) f;
    COMMENT ON VIEW neardup.fleet_current_clusters IS
      'The fleet clusters as they are now, with how much is in them and who had it first';

    """

  static var fleetComments: String {
    fleetTableComments.map { name, text in
      "COMMENT ON TABLE neardup.\(name) IS '\(text)';\n"
    }.joined()
      + fleetColumnComments.flatMap { table, columns in
        columns.map { "COMMENT ON COLUMN neardup.\(table).\($0) IS '\($1)';\n" }
      }.joined()
  }

  private static let fleetTableComments: [(String, String)] = [
    ("fleet_queue", "What hosts decided that fleet clusters have still to follow"),
    ("fleet_members", "Texts that stand for the clusters of hosts, at most eight for each"),
    ("fleet_texts", "The words of these texts, as hashes; read for candidates only"),
    ("fleet_keys", "By what these texts are found: hashes of their most telling shingles"),
    ("fleet_clusters", "Fleet clusters, and what became of those that were folded"),
    ("fleet_log", "The latest records of fleet.jsonl, as each host''s link writes them"),
    ("fleet", "One row: what the links go by"),
  ]

  private static let fleetColumnComments: [(String, [(String, String)])] = [
    (
      "hosts",
      [
        ("fleet_ready", "Whether all its clusters were given to the fleet; else some are to come"),
        ("fleet_through", "The last document whose cluster was given before that"),
        ("fleet_logged", "The last record of the fleet that is in its fleet.jsonl"),
      ]
    ),
    (
      "fleet_queue",
      [
        ("id", "In the order of the host"), ("time", "Of the host''s record"),
        ("host", "Who decided it"), ("change", "What it decided"),
        ("document", "Of which document; the last one that expired"),
        ("cluster", "Its cluster; the one that was folded, or moved out of"),
        ("target", "The cluster that was merged or moved into"),
        ("tokens", "The words of the document as hashes, in the form of the state"),
      ]
    ),
    (
      "fleet_members",
      [
        ("time", "When the document arrived, by the clock of its host"),
        ("text", "Its number in the fleet, in the order of linking, never used again"),
        ("host", "Whose document it is"), ("document", "Its number there"),
        ("cluster", "The cluster it stands for there, as that is now"),
        ("fleet_cluster", "The fleet cluster it is in now, called after its first text"),
        ("matched", "The text that it was compared with when it came"),
        ("shared", "Shingles that both have"),
        ("resemblance", "Shared shingles over all of both, 0 to 1"),
        ("containment", "Shared shingles over those of the smaller, 0 to 1"),
        ("cluster_similarity", "Similarity to the fleet cluster as a whole, 0 to 1"),
        ("is_held", "Whether it stays with others whatever comes: its host or the law says so"),
        ("is_round_up", "Whether it is a round-up that began its fleet cluster"),
        ("contains", "Fleet clusters whose texts stand in it beside others"),
      ]
    ),
    (
      "fleet_texts",
      [
        ("text", "Its number in the fleet"), ("tokens", "Its words as hashes"),
        ("terms", "By what its story is told, where it was the first of a fleet cluster"),
      ]
    ),
    (
      "fleet_keys",
      [("key", "A hash of 64 bits"), ("text", "A text that is found by it, one of at most 32")]
    ),
    (
      "fleet_clusters",
      [
        ("since", "When its first text was linked"),
        ("fleet_cluster", "Its number, that of its first text"),
        ("story", "The fleet story it is in now, called after its first fleet cluster"),
        ("absorbed_into", "The fleet cluster that it was folded into"),
      ]
    ),
    (
      "fleet_log",
      [
        ("seq", "From 1 without a gap; the latest 100,000 are kept"),
        ("time", "When it was decided, by the clock of the database"),
        ("line", "The record in JSON"),
      ]
    ),
    (
      "fleet",
      [
        ("one", "There is one row"), ("scheme", "The version of hashes, the same for all hosts"),
        ("last_text", "The last number that was given to a text"),
        ("last_seq", "The last number that was given to a record"),
      ]
    ),
  ]
}
