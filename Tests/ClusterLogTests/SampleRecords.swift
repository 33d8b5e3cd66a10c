// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import ClusterLog

/// Records of every event, with every optional field there and absent.
enum SampleRecords {
  static let time: Int64 = 1_795_289_400_000_123
  static let sha = [UInt8](0..<32)
  static let match = Match(
    document: 1, path: [UInt8]("wire/000.txt".utf8), resemblance: 0.81249, containment: 1,
    shared: 210, clusterSimilarity: 0.77)
  static let storyMatch = StoryMatch(
    document: 4, path: [UInt8]("wire/004.txt".utf8), similarity: 0.5,
    terms: ["quake", "harbour", "\"mayor\"", "tsunami", "pier", "sixth"])
  static let first = Record.assigned(
    Assigned(
      document: 1, path: [UInt8]("a.txt".utf8), bytes: 2600, sha256: sha, words: 412, cluster: 1,
      relation: .first))

  static func path(_ path: [UInt8]) -> Record {
    .assigned(
      Assigned(
        document: 2, drop: [UInt8]("/srv/drop".utf8), path: path, bytes: 0, sha256: sha,
        words: 1, cluster: 1, relation: .near,
        match: Match(
          document: 1, path: path, resemblance: 0, containment: 0.00004, shared: 0,
          clusterSimilarity: 0.99996), contains: [4, 11], story: 1, storyMatch: storyMatch,
        replaces: 1))
  }

  static let all: [Record] =
    [
      first, path([UInt8]("b.txt".utf8)),
      .assigned(
        Assigned(
          document: 3, path: [UInt8]("c".utf8), bytes: 5, sha256: sha, words: 1, cluster: 1,
          relation: .identical, match: match, story: 1)),
      .assigned(
        Assigned(
          document: 4, path: MemberPath.join([UInt8]("f.mbox".utf8), [UInt8]("7".utf8)), bytes: 5,
          sha256: sha, words: 3,
          description: SelfDescription(
            title: "\"Quake\" in the bay", published: "2026-11-29T10:31:00Z",
            source: "example.org", language: "pt-BR", encoding: "koi8-r"), cluster: 4,
          relation: .first)),
      .skipped(
        Skipped(
          path: MemberPath.join([0xE9], [UInt8]("a.pdf".utf8)), reason: .unreadable,
          detail: "no page")),
      .merged(Merged(cluster: 1, absorbed: [2, 7], document: 9, match: match)),
      .moved(
        Moved(document: 3, path: [UInt8]("c".utf8), from: 1, to: 2, reason: "boilerplate")),
      .moved(
        Moved(
          document: 3, drop: [UInt8]("/d".utf8), path: [0xE9], from: 1, to: 2, reason: "x\ny")),
      .storyMerged(
        StoryMerged(story: 1, absorbed: [4], document: 9, evidence: .terms(storyMatch))),
      .storyMerged(
        StoryMerged(story: 1, absorbed: [4], document: 9, evidence: .cluster(match))),
      .storyMerged(StoryMerged(story: 1, absorbed: [4], document: 9, evidence: nil)),
      .storyMoved(
        StoryMoved(document: 3, path: [UInt8]("c".utf8), from: 1, to: 2, reason: "later")),
      .removed(Removed(document: 3, path: [UInt8]("c".utf8), cluster: 1)),
      .expired(Expired(through: 2, documents: 2, clusters: 1, because: .window)),
    ]
    + SkipReason.allCases.map {
      .skipped(Skipped(path: [UInt8]("s".utf8), reason: $0, detail: "3 words, 5 are needed"))
    }

  /// Lines `range` of a log, with samples in turn.
  static func lines(_ range: ClosedRange<UInt64>) -> [UInt8] {
    var bytes: [UInt8] = []
    for sequence in range {
      RecordEncoder().append(
        all[Int(sequence) % all.count], sequence: sequence, time: time + Int64(sequence),
        to: &bytes)
    }
    return bytes
  }
}
