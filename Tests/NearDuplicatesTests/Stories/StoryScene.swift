// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

@testable import NearDuplicates

/// Stories over clusters that grow, merge, lose documents and part, as drawn from a seed.
///
/// Does with them what the daemon does, keeps what a state would keep, and reads the decisions as a
/// reader of the log would.
struct StoryScene {
  /// What the state keeps, in order.
  enum Entry {
    case arrived(UInt32, cluster: UInt32, StoryTrace?, time: Int64)
    case merged(into: UInt32, absorbed: UInt32)
    case moved(UInt32, from: UInt32, to: UInt32, StoryTrace?, time: Int64)
    case revised(StoryDecision.Revision)
  }

  private static let events = 6

  var stories: Stories
  private(set) var entries: [Entry] = []
  /// As a reader of the log has them.
  private(set) var clusterOf: [UInt32: UInt32] = [:]
  private(set) var storyOf: [UInt32: UInt32] = [:]
  private(set) var kinds: Set<String> = []

  private let news: EventNews
  private let window: Int64
  private let clock: StoryClock
  private var random: SeededGenerator
  private var time: Int64 = 0
  private var texts: [UInt32: StoryText] = [:]
  /// When documents were published.
  private var times: [UInt32: Int64] = [:]
  /// Documents that may not name a cluster any more.
  private var named: Set<UInt32> = []

  init(seed: UInt64, window: Int64, clock: StoryClock = .arrival) {
    stories = Stories(window: window, clock: clock)
    self.clock = clock
    news = EventNews(seed: seed)
    random = SeededGenerator(seed: seed)
    self.window = window
  }

  private func time(of document: UInt32) -> Int64 {
    clock == .arrival ? time : times[document] ?? time
  }

  // MARK: What happens

  mutating func step() {
    time += 1
    switch Int.random(in: 0..<12, using: &random) {
    case 0: merge()
    case 1: moveToOther()
    case 2: moveOut()
    case 3..<6 where !clusterOf.isEmpty:
      arrive(in: Set(clusterOf.values).sorted().randomElement(using: &random))
    default: arrive(in: nil)
    }
  }

  private mutating func arrive(in known: UInt32?) {
    let document = UInt32(clusterOf.count + 1)
    let text = StoriesTests.text(
      news.report(
        Int.random(in: 0..<Self.events, using: &random), Int.random(in: 0..<30, using: &random)))
    texts[document] = text
    if clock == .published { times[document] = Int64.random(in: -100...100, using: &random) }
    let time = time(of: document)
    let cluster = known ?? document
    clusterOf[document] = cluster
    guard known == nil else {
      storyOf[document] = stories.story(of: cluster)
      stories.add(document, to: cluster)
      entries.append(.arrived(document, cluster: cluster, nil, time: time))
      return
    }
    named.insert(document)
    let decision = stories.link(text, cluster: cluster, document: document, time: time)
    storyOf[document] = decision.story
    entries.append(.arrived(document, cluster: cluster, decision.trace, time: time))
    revise(decision.revisions)
  }

  private mutating func merge() {
    let clusters = Set(clusterOf.values).sorted()
    guard let one = clusters.randomElement(using: &random),
      let other = clusters.randomElement(using: &random), one != other
    else { return }
    let (kept, gone) = (min(one, other), max(one, other))
    for (document, cluster) in clusterOf where cluster == gone { clusterOf[document] = kept }
    entries.append(.merged(into: kept, absorbed: gone))
    revise(stories.mergeClusters(into: kept, absorbed: gone))
  }

  /// A document that is not its cluster's founder.
  private mutating func follower() -> UInt32? {
    clusterOf.keys.sorted().filter { clusterOf[$0] != $0 }.randomElement(using: &random)
  }

  private mutating func moveToOther() {
    guard let document = follower(), let from = clusterOf[document],
      let to = Set(clusterOf.values).sorted().randomElement(using: &random), to != from
    else { return }
    clusterOf[document] = to
    entries.append(.moved(document, from: from, to: to, nil, time: time))
    revise(stories.move(document, from: from, to: to, reason: "why"))
  }

  private mutating func moveOut() {
    guard let document = follower(), let from = clusterOf[document],
      named.insert(document).inserted, let text = texts[document], let old = storyOf[document]
    else { return }
    clusterOf[document] = document
    stories.take(document, from: from)
    let time = time(of: document)
    let decision = stories.link(text, cluster: document, document: document, time: time)
    entries.append(.moved(document, from: from, to: document, decision.trace, time: time))
    if old != decision.story {
      revise([.moveDocument(document, from: old, to: decision.story, reason: "why")])
    }
    revise(decision.revisions)
  }

  private mutating func revise(_ revisions: [StoryDecision.Revision]) {
    for revision in revisions {
      entries.append(.revised(revision))
      switch revision {
      case .merge(let into, let absorbed, let match):
        kinds.insert(match == nil ? "merge of clusters" : "merge")
        for (document, story) in storyOf where story == absorbed { storyOf[document] = into }
      case .moveCluster(_, let documents, let from, let to, _):
        kinds.insert("split")
        for document in documents { move(document, from, to) }
      case .moveDocument(let document, let from, let to, _):
        kinds.insert("move")
        move(document, from, to)
      }
    }
  }

  private mutating func move(_ document: UInt32, _ from: UInt32, _ to: UInt32) {
    precondition(storyOf[document] == from, "what is told is what was told before")
    storyOf[document] = to
  }

  // MARK: What must hold

  /// Clusters of which a reader of the log finds documents in several stories, or in another one
  /// than later documents would come to.
  var dividedClusters: [UInt32] {
    clusterOf.filter { storyOf[$0.key] != stories.story(of: $0.value) }.map(\.value).sorted()
  }

  /// The same with stories that were brought back from what the state keeps.
  func restored() throws -> StoryScene {
    var scene = self
    scene.stories = Stories(window: window, clock: clock)
    for entry in entries {
      switch entry {
      case .arrived(let document, _, let trace?, let time):
        scene.stories.restore(trace, of: document, time: time)
      case .arrived(let document, let cluster, nil, _):
        scene.stories.restoreAdd(document, to: cluster)
      case .merged(let kept, let gone):
        _ = scene.stories.restoreMergeClusters(into: kept, absorbed: gone)
      case .moved(let document, let from, _, let trace?, let time):
        scene.stories.take(document, from: from)
        scene.stories.restore(trace, of: document, time: time)
      case .moved(let document, let from, let to, nil, _):
        _ = scene.stories.restoreMove(document, from: from, to: to, reason: "")
      case .revised(.merge(let into, let absorbed, _)):
        scene.stories.restoreStoryMerge(of: absorbed, into: into)
      case .revised(.moveCluster(let cluster, _, _, let target, _)):
        scene.stories.restoreStoryMove(cluster, to: target)
      case .revised(.moveDocument): break
      }
    }
    try scene.stories.finishRestoring { document in
      TokenSequence(
        tokens: texts[document]?.tokens ?? [], traits: texts[document]?.traits ?? [])
    }
    return scene
  }
}
