// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import NearDuplicates
internal import StateStore

extension DocumentRegister {
  /// Finds the story of a document: that of its cluster, or a cluster's first one.
  mutating func takeStory(
    of document: ReadDocument, _ number: UInt32, _ assignment: Assignment, _ original: UInt32?,
    _ time: Int64
  ) throws -> StoryDecision? {
    guard stories != nil else { return nil }
    let cluster = assignment.cluster
    if let story = stories?.story(of: cluster) {
      stories?.add(number, to: cluster)
      return StoryDecision(story: story)
    }
    let text =
      document.prepared.story
      ?? StoryText(
        TokenSequence(tokens: document.fingerprint.tokens, traits: document.fingerprint.traits))
    // The state has the tokens of the first document with these bytes.
    let decision = stories?.link(
      text, cluster: cluster, document: original ?? number, time: time)
    if original != nil { stories?.add(number, to: cluster) }
    return decision
  }

  /// Does with the stories what was done with the clusters.
  mutating func followInStories(
    _ revision: Assignment.Revision, after number: UInt32, _ units: inout [StoryTrace],
    _ time: Int64
  ) throws {
    guard stories != nil else { return }
    switch revision {
    case .merge(let into, let absorbed, _, let match):
      for cluster in absorbed {
        let merged = stories?.mergeClusters(into: into, absorbed: cluster) ?? []
        try apply(merged, after: number, because: match, time)
      }
    case .move(let document, let from, let to, _):
      if stories?.story(of: to) == nil {
        try begin(document, from: from, as: to, after: number, &units, time)
      } else {
        let moved = stories?.move(
          document, from: from, to: to, reason: "its new cluster c\(to) is in this story")
        try apply(moved ?? [], after: number, time)
      }
    }
  }

  /// A document that left its cluster for one of its own finds a story as if it had just arrived.
  private mutating func begin(
    _ document: UInt32, from: UInt32, as cluster: UInt32, after number: UInt32,
    _ units: inout [StoryTrace], _ time: Int64
  ) throws {
    let old = stories?.story(of: from)
    stories?.take(document, from: from)
    let text = StoryText(try lookup.tokens(of: document))
    guard
      let decision = stories?.link(text, cluster: cluster, document: document, time: time)
    else { return }
    if let trace = decision.trace { units.append(trace) }
    if let old, old != decision.story {
      try apply(
        [
          .move(
            document: document, from: old, to: decision.story,
            reason: "it is in a cluster of its own now, c\(cluster)")
        ], after: number, time)
    }
    try apply(decision.revisions, after: number, time)
  }

  /// Notes revisions of stories in the state and in the log.
  ///
  /// - Parameters:
  ///   - wording: Of the document that matches are about.
  ///   - match: What made two clusters one, whose stories are merged.
  mutating func apply(
    _ revisions: [StoryDecision.Revision], after number: UInt32, wording: Wording? = nil,
    because match: Assignment.Match? = nil, _ time: Int64
  ) throws {
    for revision in revisions {
      switch revision {
      case .merge(let into, let absorbed, let found):
        append(
          Revision(
            afterDocument: number, kind: .storyMerged, subject: absorbed, source: absorbed,
            target: into))
        guard let evidence = try evidence(found, wording, match) else { continue }
        append(
          .storyMerged(
            StoryMerged(story: into, absorbed: [absorbed], document: number, evidence: evidence)),
          time)
      case .move(let document, let from, let to, let reason):
        append(
          Revision(
            afterDocument: number, kind: .storyMoved, subject: document, source: from, target: to))
        let row = try lookup.document(document)
        append(
          .storyMoved(
            StoryMoved(
              document: document, drop: try dropName(ofNumber: row.drop), path: row.path,
              from: from, to: to, reason: reason)),
          time)
      }
    }
  }

  private func evidence(
    _ found: StoryDecision.Match?, _ wording: Wording?, _ match: Assignment.Match?
  ) throws -> StoryEvidence? {
    if let found { return .terms(try logMatch(found, wording)) }
    return try match.map { .cluster(try logMatch($0)) }
  }

  func logMatch(_ match: StoryDecision.Match, _ wording: Wording?) throws -> StoryMatch {
    var terms: [String] = []
    for term in match.terms where terms.count < Self.termLimit {
      if let words = wording?.words(of: term), !terms.contains(words) { terms.append(words) }
    }
    return StoryMatch(
      document: match.document, path: try lookup.document(match.document).path,
      similarity: match.similarity, terms: terms)
  }

  private static var termLimit: Int { 5 }
}
