// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LinkSchema {
  /// What each column means, in the database itself: `\\d+ neardup.documents` shows it.
  static var firstComments: String {
    tableComments.map { name, text in "COMMENT ON TABLE neardup.\(name) IS '\(text)';\n" }.joined()
      + columnComments.flatMap { table, columns in
        columns.map { "COMMENT ON COLUMN neardup.\(table).\($0) IS '\($1)';\n" }
      }.joined()
  }

  private static let tableComments: [(String, String)] = [
    ("schema_version", "The versions that these tables went through; the highest one counts"),
    ("hosts", "One collection of documents each, with the last record that was carried here"),
    ("documents", "One row per content version of a path, while its host remembers it"),
    ("clusters", "Clusters that were founded, and what became of those that were folded"),
    ("stories", "Stories that were begun, and what became of those that were folded"),
    ("other_records", "Records of the hosts'' cluster logs other than assigned"),
  ]

  private static let place = "Relative to the drop directory; not UTF-8 in the lossy form"
  private static let measures: [(String, String)] = [
    ("matched", "The document that it was compared with"),
    ("shared", "Shingles that both have"),
    ("resemblance", "Shared shingles over all of both, weighted, 0 to 1"),
    ("containment", "Shared shingles over those of the smaller, weighted, 0 to 1"),
    ("cluster_similarity", "Similarity to the cluster as a whole, 0 to 1"),
    ("story_similarity", "Similarity of the terms of two clusters, 0 to 1"),
  ]
  private static let names: [(String, String)] = [
    ("path", place),
    ("member", "The name in a container; NULL for what is a file itself"),
    ("path_bytes", "The bytes of a path that is not UTF-8"),
    ("drop_directory", "Where several are watched"),
  ]

  private static let columnComments: [(String, [(String, String)])] = [
    (
      "schema_version",
      [("version", "From 1 without a gap"), ("since", "When the tables were brought to it")]
    ),
    (
      "hosts",
      [
        ("host", "The number by which all other tables know the host"),
        ("name", "What the link of the host calls it"),
        ("joined", "When its link came here first"),
        ("seq", "The last record of its cluster log that is here; all before it are, too"),
        ("seq_time", "The time of that record"),
        ("expired_through", "The last document beyond its horizon; 0 for none"),
      ]
    ),
    (
      "documents",
      [
        ("seq", "The record of the host that assigned it"),
        ("time", "When it arrived, by the clock of its host"),
        ("bytes", "The size of the file, or of the member of a container"),
        ("host", "Whose document it is"),
        ("document", "Its number there, from 1, never used again"),
        ("cluster", "The cluster it is in now, called after its first document"),
        ("assigned_cluster", "The cluster it was put into when it arrived"),
        ("words", "How many words its text has"),
        ("relation", "How it came to its cluster: first, identical (same bytes) or near"),
        ("story", "The story it is in now; NULL where there are no stories"),
        ("assigned_story", "The story it was put into when it arrived"),
        ("story_matched", "The document of another cluster that led to the story"),
        ("replaces", "The document that its path held before"),
        ("sha256", "The digest of its bytes, 32 bytes"),
        ("title", "What it calls itself"),
        ("published", "When, as it says: RFC 3339 in UTC, or a day"),
        ("source", "The host that it says it stands at, or who publishes it"),
        ("language", "The language tag that it declares"),
        ("encoding", "What its bytes were written in, unless that is UTF-8"),
        ("contains", "Clusters whose texts stand in it beside others: a round-up of them"),
      ] + measures + names
    ),
    (
      "clusters",
      [
        ("since", "The time of the record that has it first"),
        ("absorbed_seq", "The record that folded it into another; NULL for one that stands"),
        ("host", "Whose cluster it is"), ("cluster", "Its number, that of its first document"),
        ("absorbed_into", "The cluster that it was folded into"),
      ]
    ),
    (
      "stories",
      [
        ("since", "The time of the record that has it first"),
        ("absorbed_seq", "The record that folded it into another; NULL for one that stands"),
        ("host", "Whose story it is"), ("story", "Its number, that of its first document"),
        ("absorbed_into", "The story that it was folded into"),
      ]
    ),
    (
      "other_records",
      [
        ("seq", "The number of the record in the log of its host"),
        ("time", "When it was made, by the clock of its host"),
        ("host", "Whose record it is"), ("event", "What it tells"),
        ("document", "Which was moved or removed, or showed a merge; the last that expired"),
        ("target", "The cluster or story that was moved or merged into"),
        ("documents", "How many documents expired"), ("clusters", "How many clusters expired"),
        ("origin", "The clusters or stories that were folded, or moved out of"),
        ("reason", "Why: the log''s word or words"), ("detail", "Why a file was skipped, in words"),
      ] + measures + names
    ),
  ]
}
