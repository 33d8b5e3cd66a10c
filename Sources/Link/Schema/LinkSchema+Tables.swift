// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LinkSchema {
  /// Every key begins with the host: so the tables can be distributed by it (Citus) as they are.
  ///
  /// There are no foreign keys: the link writes all tables of a host in one transaction, and a
  /// check for each row would cost more than the row. Fixed columns stand first, the widest before
  /// the others, so that none is padded.
  static let firstTables = """
    CREATE SCHEMA neardup;

    CREATE TABLE neardup.schema_version (
      version integer PRIMARY KEY,
      since timestamptz NOT NULL DEFAULT now()
    );

    CREATE TYPE neardup.relation AS ENUM ('first', 'identical', 'near');
    CREATE TYPE neardup.event AS ENUM (
      'assigned', 'merged', 'moved', 'story-merged', 'story-moved', 'skipped', 'removed',
      'expired');

    CREATE TABLE neardup.hosts (
      host integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE,
      joined timestamptz NOT NULL DEFAULT now(),
      seq bigint NOT NULL DEFAULT 0,
      seq_time timestamptz,
      expired_through integer NOT NULL DEFAULT 0
    );

    CREATE TABLE neardup.documents (
      seq bigint NOT NULL,
      time timestamptz NOT NULL,
      bytes bigint NOT NULL,
      host integer NOT NULL,
      document integer NOT NULL,
      cluster integer NOT NULL,
      assigned_cluster integer NOT NULL,
      words integer NOT NULL,
      relation neardup.relation NOT NULL,
      story integer,
      assigned_story integer,
      matched integer,
      shared integer,
      resemblance real,
      containment real,
      cluster_similarity real,
      story_matched integer,
      story_similarity real,
      replaces integer,
      sha256 bytea NOT NULL,
      path text NOT NULL,
      member text,
      path_bytes bytea,
      drop_directory text,
      title text,
      published text,
      source text,
      language text,
      encoding text,
      contains integer[],
      PRIMARY KEY (host, document)
    );
    CREATE INDEX documents_cluster ON neardup.documents (host, cluster);
    CREATE INDEX documents_story ON neardup.documents (host, story);
    CREATE INDEX documents_sha256 ON neardup.documents USING hash (sha256);
    CREATE INDEX documents_order ON neardup.documents USING brin (time, seq)
      WITH (pages_per_range = 16);

    CREATE TABLE neardup.clusters (
      since timestamptz NOT NULL,
      absorbed_seq bigint,
      host integer NOT NULL,
      cluster integer NOT NULL,
      absorbed_into integer,
      PRIMARY KEY (host, cluster)
    );

    CREATE TABLE neardup.stories (
      since timestamptz NOT NULL,
      absorbed_seq bigint,
      host integer NOT NULL,
      story integer NOT NULL,
      absorbed_into integer,
      PRIMARY KEY (host, story)
    );

    CREATE TABLE neardup.other_records (
      seq bigint NOT NULL,
      time timestamptz NOT NULL,
      host integer NOT NULL,
      event neardup.event NOT NULL,
      document integer,
      target integer,
      matched integer,
      shared integer,
      resemblance real,
      containment real,
      cluster_similarity real,
      story_similarity real,
      documents integer,
      clusters integer,
      origin integer[],
      reason text,
      detail text,
      path text,
      member text,
      path_bytes bytea,
      drop_directory text,
      PRIMARY KEY (host, seq)
    );
    CREATE INDEX other_records_time ON neardup.other_records (host, time);
    CREATE INDEX other_records_path ON neardup.other_records USING hash (path)
      WHERE event = 'skipped';

    """
}
