// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The members of `match` and `story_match`, which `because` of a story may have either of.
struct MatchFields {
  private var document: UInt32?
  private var path = PathFields()
  private var resemblance: Double?
  private var containment: Double?
  private var shared: UInt64?
  private var clusterSimilarity: Double?
  private var similarity: Double?
  private var terms: [String]?

  init(_ cursor: inout JSONCursor) throws(LogLineError) {
    var fields = Self()
    try cursor.forEachMember { key, cursor throws(LogLineError) in
      try fields.take(key, &cursor)
    }
    self = fields
  }

  private init() {}

  private mutating func take(
    _ key: String, _ cursor: inout JSONCursor
  ) throws(LogLineError) {
    switch key {
    case "document": document = try RecordFields.number(key, &cursor)
    case "path": path.text = try cursor.string()
    case "member": path.member = try cursor.string()
    case "path_b64": try path.takeBase64(&cursor)
    case "resemblance": resemblance = try cursor.number()
    case "containment": containment = try cursor.number()
    case "shared": shared = try cursor.integer()
    case "cluster_similarity": clusterSimilarity = try cursor.number()
    case "similarity": similarity = try cursor.number()
    case "terms":
      var found: [String] = []
      try cursor.forEachElement { cursor throws(LogLineError) in
        found.append(String(decoding: try cursor.string(), as: UTF8.self))
      }
      terms = found
    default: try cursor.skip()
    }
  }

  func match() throws(LogLineError) -> Match {
    guard let document, let path = path.bytes, let resemblance, let containment, let shared,
      let clusterSimilarity
    else { throw .wrong("match") }
    return Match(
      document: document, path: path, resemblance: resemblance, containment: containment,
      shared: Int(clamping: shared), clusterSimilarity: clusterSimilarity)
  }

  func storyMatch() throws(LogLineError) -> StoryMatch {
    guard let document, let path = path.bytes, let similarity, let terms else {
      throw .wrong("story_match")
    }
    return StoryMatch(document: document, path: path, similarity: similarity, terms: terms)
  }

  func evidence() throws(LogLineError) -> StoryEvidence {
    similarity == nil ? .cluster(try match()) : .terms(try storyMatch())
  }
}
