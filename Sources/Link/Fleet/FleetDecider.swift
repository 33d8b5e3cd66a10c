// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Decides what changes of hosts mean for the fleet, one after the other, with the engine.
///
/// Clusters of hosts are taken as they are: a text stays with the others of its cluster, and a
/// cluster of one text may be moved as a document may be at home.
struct FleetDecider {
  private(set) var collection: SelectedCollection
  private(set) var stories: Stories
  private var gathering = TermGathering()
  /// The number that the next text gets.
  private(set) var nextText: UInt32
  /// What hosts are called.
  var names: [Int: String] = [:]
  var board = FleetBoard()
  /// The texts that may be needed.
  var documents: [UInt32: PreparedDocument] = [:]
  private(set) var records: [FleetRecord] = []

  init(_ collection: SelectedCollection, _ stories: Stories, nextText: UInt32) {
    self.collection = collection
    self.stories = stories
    self.nextText = nextText
  }

  /// Begins with other changes.
  mutating func begin(_ board: FleetBoard, _ documents: [UInt32: PreparedDocument]) {
    self.board = board
    self.documents = documents
    records = []
  }

  private func name(_ host: Int) -> String { names[host] ?? "host \(host)" }

  /// - Parameter document: the text of the change, where it has one.
  mutating func take(_ change: FleetChange, _ document: PreparedDocument?) throws {
    let host = change.host
    switch change.kind {
    case .text:
      guard let document else { return }
      try place(document, change, in: change.cluster)
    case .moved:
      if let member = board.text(ofDocument: change.document, host: host) {
        if member.cluster == change.target { return }
        remove(member, reason: "its host moved document \(change.document)")
      }
      guard let document else { return }
      try place(document, change, in: change.target)
    case .merged: merge(HostCluster(host: host, cluster: change.cluster), change)
    case .gone:
      if let member = board.text(ofDocument: change.document, host: host) {
        remove(member, reason: "document \(change.document) was removed")
      }
    case .expired, .reset: break
    }
  }

  /// A text leaves, and its cluster with it where no other text stands for that.
  mutating func remove(_ member: FleetMember, reason: String) {
    board.remove(member.text)
    stories.take(member.text, from: member.fleetCluster)
    if board.texts(of: member.home).isEmpty {
      tell(
        .left(
          host: name(member.host), cluster: member.cluster, fleet: member.fleetCluster,
          reason: reason))
    }
  }

  // MARK: Texts

  private mutating func place(
    _ document: PreparedDocument, _ change: FleetChange, in cluster: UInt32
  ) throws {
    let home = HostCluster(host: change.host, cluster: cluster)
    let siblings = board.texts(of: home)
    guard siblings.count < FleetOffer.textsOfCluster,
      board.text(ofDocument: change.document, host: change.host) == nil
    else { return }
    let number = nextText
    nextText += 1
    let known = siblings.first?.fleetCluster
    let keys = LookUpKeys(document)
    let decision = try collection.add(
      document, as: number, to: known, among: selected(keys, known))
    let assigned = decision.assignment
    documents[number] = document
    board.add(
      FleetBoard.New(
        member: FleetMember(
          text: number, host: change.host, document: change.document, cluster: cluster,
          fleetCluster: assigned.cluster, isHeld: known != nil || !decision.lawful.isEmpty,
          isRoundUp: decision.isRoundUp),
        time: change.time, match: assigned.match, contains: assigned.contains,
        keys: keys.listed(isFirst: known == nil) {
          board.count($0, host: change.host, fleet: assigned.cluster)
        },
        tokens: change.tokens))
    board.hold(decision.lawful + (known == nil ? [] : siblings.map(\.text)))
    let revisions = link(number, in: assigned.cluster, time: change.time)
    if known == nil {
      tell(
        .linked(
          host: name(change.host), cluster: cluster, document: change.document,
          fleet: assigned.cluster, evidence(assigned.match), contains: assigned.contains,
          story: stories.story(of: assigned.cluster)))
    }
    apply(revisions)
    for revision in assigned.revisions { apply(revision, time: change.time) }
  }

  /// The texts that a text is compared with, by what the look-up found.
  private func selected(_ keys: LookUpKeys, _ home: UInt32?) -> [SelectedCollection.Text] {
    var texts: [SelectedCollection.Text] = []
    for (cluster, chosen) in candidates(keys, home) {
      var kept: [FleetMember] = chosen.compactMap { board.members[$0] }
      for other in board.texts(ofFleet: cluster)
      where kept.count < FleetBoard.representatives && !chosen.contains(other.text) {
        kept.append(other)
      }
      for member in kept {
        guard let document = documents[member.text] else { continue }
        texts.append(
          SelectedCollection.Text(
            number: member.text, cluster: member.fleetCluster, isHeld: member.isHeld,
            isRoundUp: member.isRoundUp, document: document))
      }
    }
    return texts
  }

  /// The clusters that may be compared, with the texts that share most; the one where it is first.
  func candidates(
    _ keys: LookUpKeys, _ home: UInt32?
  ) -> [(cluster: UInt32, texts: [UInt32])] {
    var found = LookUpRanking.candidates(keys) { board.listed($0) }
      .map { (cluster: $0.cluster, texts: $0.texts) }
    if let home, !found.contains(where: { $0.cluster == home }) {
      found.insert((cluster: home, texts: []), at: 0)
    }
    return found
  }

  private func evidence(_ match: Assignment.Match?) -> FleetRecord.Evidence? {
    guard let match, let member = board.members[match.document] else { return nil }
    return FleetRecord.Evidence(
      host: name(member.host), document: member.document, match: match)
  }

  // MARK: Revisions

  private mutating func apply(_ revision: Assignment.Revision, time: Int64) {
    switch revision {
    case .merge(let into, let absorbed, _, let match):
      for cluster in absorbed { fold(cluster, into: into, evidence(match), reason: nil) }
    case .move(let text, let from, let to, let reason):
      guard let member = board.members[text], !member.isHeld else { return }
      board.move(text, to: to, time: time)
      tell(
        .moved(
          host: name(member.host), cluster: member.cluster, from: from, to: to, reason: reason))
      followMove(of: text, from: from, to: to, time: time)
    }
  }

  private mutating func fold(
    _ absorbed: UInt32, into kept: UInt32, _ evidence: FleetRecord.Evidence?, reason: String?
  ) {
    board.fold(absorbed, into: kept)
    tell(.merged(into: kept, absorbed: absorbed, because: evidence, reason: reason))
    apply(stories.mergeClusters(into: kept, absorbed: absorbed))
  }

  /// A host has folded a cluster into another one: they are in one fleet cluster then.
  private mutating func merge(_ home: HostCluster, _ change: FleetChange) {
    let target = HostCluster(host: change.host, cluster: change.target)
    let (mine, theirs) = (board.texts(of: home), board.texts(of: target))
    for member in mine { board.recluster(member.text, to: change.target) }
    guard let one = mine.first?.fleetCluster, let other = theirs.first?.fleetCluster else { return }
    board.hold((mine + theirs).map(\.text))
    if one != other {
      fold(
        max(one, other), into: min(one, other), nil,
        reason: "\(name(change.host)) merged c\(home.cluster) into c\(target.cluster)")
    }
  }

  private mutating func tell(_ event: FleetRecord.Event) {
    records.append(FleetRecord(event: event))
  }

  // MARK: Stories

  /// A text comes to the story of its fleet cluster, or finds that one.
  private mutating func link(
    _ text: UInt32, in cluster: UInt32, time: Int64
  ) -> [StoryDecision.Revision] {
    if stories.story(of: cluster) != nil {
      stories.add(text, to: cluster)
      return []
    }
    // One from before the window, which the stories do not know any more.
    if let known = board.texts(ofFleet: cluster).first(where: { $0.story > 0 }) {
      stories.restoreAdd(text, to: cluster, of: known.story)
      return []
    }
    return begin(text, cluster, time)
  }

  private mutating func begin(
    _ text: UInt32, _ cluster: UInt32, _ time: Int64
  ) -> [StoryDecision.Revision] {
    guard let document = documents[text] else { return [] }
    let sequence = TokenSequence(
      tokens: document.fingerprint.tokens, traits: document.fingerprint.traits)
    let decision = stories.link(
      StoryText(sequence, &gathering), cluster: cluster, document: text, time: time)
    board.set(story: decision.story, of: cluster)
    if let trace = decision.trace {
      board.set(terms: StoryTrace.encode([trace]), ofText: text)
    }
    return decision.revisions
  }

  private mutating func followMove(of text: UInt32, from: UInt32, to: UInt32, time: Int64) {
    let reason = "its new fleet cluster f\(to) is in this story"
    if stories.story(of: to) != nil {
      apply(stories.move(text, from: from, to: to, reason: reason))
    } else {
      stories.take(text, from: from)
      apply(link(text, in: to, time: time))
    }
  }

  private mutating func apply(_ revisions: [StoryDecision.Revision]) {
    for revision in revisions {
      switch revision {
      case .merge(let into, let absorbed, _):
        board.foldStory(absorbed, into: into)
        tell(.storyMerged(into: into, absorbed: absorbed))
      case .moveCluster(let cluster, _, let from, let to, let reason):
        board.set(story: to, of: cluster)
        tell(.storyMoved(fleet: cluster, from: from, to: to, reason: reason))
      case .moveDocument: break
      }
    }
  }
}
