// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LinkSchema {
  /// What people ask for. Hosts have their names in views.
  static let firstViews = """
    CREATE VIEW neardup.records AS
      SELECT d.host, d.seq, d.time, 'assigned'::neardup.event AS event, d.document,
        d.assigned_cluster AS target, NULL::integer[] AS origin, d.matched, d.resemblance,
        d.containment, NULL::text AS reason, NULL::text AS detail, d.path, d.member
      FROM neardup.documents d
      UNION ALL
      SELECT r.host, r.seq, r.time, r.event, r.document, r.target, r.origin, r.matched,
        r.resemblance, r.containment, r.reason, r.detail, r.path, r.member
      FROM neardup.other_records r;
    COMMENT ON VIEW neardup.records IS
      'All records that are remembered, by host and seq: assigned, and the others';

    CREATE VIEW neardup.matches AS
      SELECT h.name AS host, d.document, d.path, d.relation, d.matched, m.path AS matched_path,
        d.resemblance, d.containment, d.shared, d.cluster_similarity, d.time
      FROM neardup.documents d
      JOIN neardup.hosts h ON h.host = d.host
      LEFT JOIN neardup.documents m ON m.host = d.host AND m.document = d.matched
      WHERE d.matched IS NOT NULL;
    COMMENT ON VIEW neardup.matches IS
      'What each document that joined a cluster was compared with, and how near it was';

    CREATE VIEW neardup.cluster_members AS
      SELECT h.name AS host, d.cluster, d.document, d.relation, d.drop_directory, d.path, d.member,
        d.title, d.words, d.bytes, d.time, d.story
      FROM neardup.documents d JOIN neardup.hosts h ON h.host = d.host;
    COMMENT ON VIEW neardup.cluster_members IS
      'The clusters as they are now, a row for each member';

    CREATE VIEW neardup.current_clusters AS
      SELECT h.name AS host, c.cluster, c.members, c.first_document, f.path AS first_path,
        f.title AS first_title, c.first_time, c.last_time, f.story
      FROM (
        SELECT d.host, d.cluster, count(*) AS members, min(d.document) AS first_document,
          min(d.time) AS first_time, max(d.time) AS last_time
        FROM neardup.documents d GROUP BY d.host, d.cluster
      ) c
      JOIN neardup.hosts h ON h.host = c.host
      JOIN neardup.documents f ON f.host = c.host AND f.document = c.first_document;
    COMMENT ON VIEW neardup.current_clusters IS
      'The clusters as they are now, with how many members and the first that is remembered';

    CREATE VIEW neardup.current_stories AS
      SELECT h.name AS host, s.story, s.clusters, s.documents, s.first_document,
        f.path AS first_path, f.title AS first_title, s.first_time, s.last_time
      FROM (
        SELECT d.host, d.story, count(DISTINCT d.cluster) AS clusters, count(*) AS documents,
          min(d.document) AS first_document, min(d.time) AS first_time, max(d.time) AS last_time
        FROM neardup.documents d WHERE d.story IS NOT NULL GROUP BY d.host, d.story
      ) s
      JOIN neardup.hosts h ON h.host = s.host
      JOIN neardup.documents f ON f.host = s.host AND f.document = s.first_document;
    COMMENT ON VIEW neardup.current_stories IS
      'The stories as they are now, with how many clusters and documents';

    CREATE FUNCTION neardup.copied_most(since timestamptz, until timestamptz DEFAULT now())
    RETURNS TABLE (host text, cluster integer, copies bigint, members bigint,
      first_document integer, first_path text, first_title text)
    LANGUAGE sql STABLE AS $$
      SELECT h.name, c.cluster, c.copies, all_of.members, all_of.first_document, f.path, f.title
      FROM (
        SELECT d.host, d.cluster, count(*) AS copies FROM neardup.documents d
        WHERE d.time >= since AND d.time < until AND d.relation <> 'first'
        GROUP BY d.host, d.cluster
      ) c
      JOIN neardup.hosts h ON h.host = c.host
      CROSS JOIN LATERAL (
        SELECT count(*) AS members, min(m.document) AS first_document
        FROM neardup.documents m WHERE m.host = c.host AND m.cluster = c.cluster
      ) all_of
      JOIN neardup.documents f ON f.host = c.host AND f.document = all_of.first_document
      ORDER BY c.copies DESC, h.name, c.cluster
    $$;
    COMMENT ON FUNCTION neardup.copied_most(timestamptz, timestamptz) IS
      'Clusters by how many documents joined them in a time';

    CREATE VIEW neardup.copied_most_today AS
      SELECT * FROM neardup.copied_most(date_trunc('day', now()), 'infinity');
    COMMENT ON VIEW neardup.copied_most_today IS
      'Clusters by how many documents have joined them since midnight, by who asks''s time zone';

    CREATE VIEW neardup.who_has_it_first AS
      SELECT DISTINCT ON (d.sha256) d.sha256, h.name AS host, d.document, d.path, d.title, d.time
      FROM neardup.documents d JOIN neardup.hosts h ON h.host = d.host
      ORDER BY d.sha256, d.time, h.name, d.document;
    COMMENT ON VIEW neardup.who_has_it_first IS
      'Of each content, byte for byte, the host and document that had it first';

    """
}
