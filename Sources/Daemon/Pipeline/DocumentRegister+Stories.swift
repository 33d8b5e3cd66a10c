// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import NearDuplicates
internal import Settings
internal import StateStore

extension DocumentRegister {
  /// Finds the story of a document: that of its cluster, or a cluster's first one.
  ///
  /// - Parameter original: the first document with the same bytes.
  mutating func takeStory(
    of document: ReadDocument, _ number: UInt32, _ assignment: Assignment, _ original: UInt32?,
    _ time: Int64
  ) throws -> StoryDecision? {
    guard let text = document.prepared.story, stories != nil else { return nil }
    try tellUntold(time)
    let cluster = assignment.cluster
    if let story = stories?.story(of: cluster) {
      stories?.add(number, to: cluster)
      return StoryDecision(story: story)
    }
    let moment = storyTime(document.description.published, arrived: time)
    return stories?.link(text, cluster: cluster, document: number, source: original, time: moment)
  }

  /// Does with the stories what was done with the clusters.
  ///
  /// - Parameter units: what the state is to keep of the units that come of it.
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
          document, from: from, to: to, reason: Self.reason(forMovingTo: to))
        try apply(moved ?? [], after: number, time)
      }
    }
  }

  /// The time of a document for the window of stories.
  ///
  /// - Parameter arrived: of the document that is being decided, as the state will have it.
  private func storyTime(_ published: @autoclosure () throws -> String?, arrived: Int64)
    rethrows -> Int64
  {
    guard let clock = storySettings?.clock, clock == .published else { return arrived }
    return clock.time(
      published: try published().flatMap { PublishedMoment($0) }, arrived: arrived)
  }

  static func reason(forMovingTo cluster: UInt32) -> String {
    "its new cluster c\(cluster) is in this story"
  }

  /// A document that left its cluster for one of its own finds a story as if it had just arrived.
  private mutating func begin(
    _ document: UInt32, from: UInt32, as cluster: UInt32, after number: UInt32,
    _ units: inout [StoryTrace], _ time: Int64
  ) throws {
    let old = stories?.story(of: from)
    stories?.take(document, from: from)
    var gathering = TermGathering()
    let text = StoryText(try lookup.tokens(of: document), &gathering)
    let moment = try storyTime(lookup.published(document), arrived: time)
    guard
      let decision = stories?.link(text, cluster: cluster, document: document, time: moment)
    else { return }
    if let trace = decision.trace { units.append(trace) }
    if let old, old != decision.story {
      let revision = StoryDecision.Revision.moveDocument(
        document, from: old, to: decision.story, reason: Self.reason(forMovingTo: cluster))
      try apply([revision], after: number, time)
    }
    try apply(decision.revisions, after: number, time)
  }

  /// Notes revisions of stories in the state and in the log.
  ///
  /// - Parameters:
  ///   - wording: of the document that matches are about.
  ///   - match: what made two clusters one, whose stories are merged.
  mutating func apply(
    _ revisions: [StoryDecision.Revision], after number: UInt32, wording: Wording? = nil,
    because match: Assignment.Match? = nil, _ time: Int64
  ) throws {
    for revision in revisions {
      keep(revision, after: number)
      try tell(revision, after: number, wording, match, time)
    }
  }

  private mutating func keep(_ revision: StoryDecision.Revision, after number: UInt32) {
    switch revision {
    case .merge(let into, let absorbed, _):
      append(
        Revision(
          afterDocument: number, kind: .storyMerged, subject: absorbed, source: absorbed,
          target: into))
    case .moveCluster(let cluster, _, let from, let to, _):
      append(
        Revision(
          afterDocument: number, kind: .storyMoved, subject: cluster, source: from, target: to))
    case .moveDocument:
      // It follows from the move between clusters.
      break
    }
  }

  // MARK: The log

  private mutating func tell(
    _ revision: StoryDecision.Revision, after number: UInt32, _ wording: Wording?,
    _ match: Assignment.Match?, _ time: Int64
  ) throws {
    switch revision {
    case .merge(let into, let absorbed, let found):
      let evidence = try evidence(present(found), wording, match)
      append(
        .storyMerged(
          StoryMerged(story: into, absorbed: [absorbed], document: number, evidence: evidence)),
        time)
      counts.storyMerges += 1
    case .moveCluster(_, let documents, let from, let to, let reason):
      for document in documents { try tellMove(document, from, to, reason, time) }
    case .moveDocument(let document, let from, let to, let reason):
      try tellMove(document, from, to, reason, time)
    }
  }

  private mutating func tellMove(
    _ document: UInt32, _ from: UInt32, _ to: UInt32, _ reason: String, _ time: Int64
  ) throws {
    let origin = try lookup.origin(of: document)
    append(
      .storyMoved(
        StoryMoved(
          document: document, drop: dropName(ofNumber: origin.drop), path: origin.path, from: from,
          to: to, reason: reason)),
      time)
    counts.storyMoves += 1
  }

  /// Says what became of stories while there were to be none.
  private mutating func tellUntold(_ time: Int64) throws {
    for untold in untold { try tell(untold.revision, after: untold.afterDocument, nil, nil, time) }
    untold = []
  }

  private mutating func evidence(
    _ found: StoryDecision.Match?, _ wording: Wording?, _ match: Assignment.Match?
  ) throws -> StoryEvidence? {
    if let found { return .terms(try logMatch(found, wording)) }
    if let match { return .cluster(try logMatch(match)) }
    return nil
  }

  /// The match with a document that takes part; nil when none is left of its cluster.
  func present(_ match: StoryDecision.Match?) -> StoryDecision.Match? {
    guard let match, let document = collection.standIn(for: match.document) else { return nil }
    var present = match
    present.document = document
    return present
  }

  mutating func logMatch(
    _ match: StoryDecision.Match, _ wording: Wording?
  ) throws -> StoryMatch {
    var terms: [String] = []
    if let wording {
      terms = wordFinder.words(of: match.terms, in: wording, limit: StoryMatch.termLimit)
    }
    return StoryMatch(
      document: match.document, path: try lookup.origin(of: match.document).path,
      similarity: match.similarity, terms: terms)
  }
}
