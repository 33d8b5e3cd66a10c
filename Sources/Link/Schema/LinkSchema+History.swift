// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LinkSchema {
  /// The partition at a record, and at a moment: what reading a log to that point says.
  ///
  /// Documents that were removed or have expired since are not in it, as they are in no other
  /// table. A group is folded into one of a smaller number, so what a chain of mergers leads to is
  /// the smallest in it.
  static let firstHistory = """
    CREATE FUNCTION neardup.groups_through(of_host integer, last_seq bigint, is_story boolean)
    RETURNS TABLE (document integer, member_of integer)
    LANGUAGE sql STABLE AS $$
      WITH RECURSIVE moved AS (
        SELECT DISTINCT ON (r.document) r.document, r.target FROM neardup.other_records r
        WHERE r.host = of_host AND r.seq <= last_seq
          AND r.event = CASE WHEN is_story THEN 'story-moved'::neardup.event ELSE 'moved' END
        ORDER BY r.document, r.seq DESC
      ), folded AS (
        SELECT unnest(r.origin) AS absorbed, r.target FROM neardup.other_records r
        WHERE r.host = of_host AND r.seq <= last_seq
          AND r.event = CASE WHEN is_story THEN 'story-merged'::neardup.event ELSE 'merged' END
      ), chain AS (
        SELECT absorbed, target FROM folded
        UNION
        SELECT c.absorbed, f.target FROM chain c JOIN folded f ON f.absorbed = c.target
      ), survivor AS (
        SELECT absorbed, min(target) AS target FROM chain GROUP BY absorbed
      ), put AS (
        SELECT d.document, coalesce(m.target,
          CASE WHEN is_story THEN d.assigned_story ELSE d.assigned_cluster END) AS member_of
        FROM neardup.documents d LEFT JOIN moved m ON m.document = d.document
        WHERE d.host = of_host AND d.seq <= last_seq
      )
      SELECT p.document, coalesce(s.target, p.member_of)
      FROM put p LEFT JOIN survivor s ON s.absorbed = p.member_of
    $$;
    COMMENT ON FUNCTION neardup.groups_through(integer, bigint, boolean) IS
      'The cluster, or the story, of each document of a host as its records up to one say';

    CREATE FUNCTION neardup.groups_at(moment timestamptz, of_name text, is_story boolean)
    RETURNS TABLE (host text, document integer, member_of integer)
    LANGUAGE sql STABLE AS $$
      SELECT h.name, g.document, g.member_of
      FROM neardup.hosts h
      CROSS JOIN LATERAL (
        SELECT greatest(
          (SELECT max(d.seq) FROM neardup.documents d
            WHERE d.host = h.host AND d.time <= moment),
          (SELECT max(r.seq) FROM neardup.other_records r
            WHERE r.host = h.host AND r.time <= moment)) AS seq
      ) last
      CROSS JOIN LATERAL neardup.groups_through(h.host, last.seq, is_story) g
      WHERE of_name IS NULL OR h.name = of_name
    $$;
    COMMENT ON FUNCTION neardup.groups_at(timestamptz, text, boolean) IS
      'The cluster, or the story, of each document at a moment, by the clocks of the hosts';

    CREATE FUNCTION neardup.clusters_at(moment timestamptz, of_name text DEFAULT NULL)
    RETURNS TABLE (host text, document integer, cluster integer)
    LANGUAGE sql STABLE AS $$ SELECT * FROM neardup.groups_at(moment, of_name, false) $$;
    COMMENT ON FUNCTION neardup.clusters_at(timestamptz, text) IS
      'The cluster that each document was in at a moment, by the clocks of the hosts';

    CREATE FUNCTION neardup.stories_at(moment timestamptz, of_name text DEFAULT NULL)
    RETURNS TABLE (host text, document integer, story integer)
    LANGUAGE sql STABLE AS $$ SELECT * FROM neardup.groups_at(moment, of_name, true) $$;
    COMMENT ON FUNCTION neardup.stories_at(timestamptz, text) IS
      'The story that each document was in at a moment, by the clocks of the hosts';

    """
}
