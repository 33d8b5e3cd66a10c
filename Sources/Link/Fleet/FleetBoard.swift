// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What is known of the fleet while some changes are decided, and what they changed so far.
///
/// Pure: what may be needed was read before, and what changed is written afterwards. Of large
/// clusters a part is known, which is why changes of whole clusters are kept as such.
struct FleetBoard {
  /// What is to be done with rows that were there before, in this order.
  enum Edit: Equatable {
    case fold(UInt32, into: UInt32)
    case put(text: UInt32, into: UInt32)
    case recluster(text: UInt32, cluster: UInt32)
    case hold([UInt32])
    case remove(text: UInt32)
    case foldStory(UInt32, into: UInt32)
  }

  /// A text that is new.
  struct New {
    var member: FleetMember
    var time: Int64
    var match: Assignment.Match?
    var contains: [UInt32]
    var keys: [Int64]
    var tokens: [UInt8]
  }

  /// So many texts stand for a fleet cluster, as `Representatives` of the engine.
  static let representatives = 8

  private(set) var members: [UInt32: FleetMember] = [:]
  private var textsOfFleet: [UInt32: Set<UInt32>] = [:]
  private var textsOfHome: [HostCluster: Set<UInt32>] = [:]
  private var textOfDocument: [HostCluster: UInt32] = [:]
  private var listed: [Int64: [UInt32]] = [:]
  private(set) var edits: [Edit] = []
  private(set) var new: [UInt32: New] = [:]
  /// Fleet clusters that began, with their time.
  private(set) var founded: [UInt32: Int64] = [:]
  /// Fleet clusters that may have nobody left.
  private(set) var shrunk: Set<UInt32> = []
  /// The story of fleet clusters that came to another one.
  private(set) var stories: [UInt32: UInt32] = [:]
  /// What stories are told by, of the first texts of fleet clusters.
  private(set) var terms: [UInt32: [UInt8]] = [:]

  // MARK: What was read

  mutating func know(_ member: FleetMember) {
    guard members[member.text] == nil else { return }
    enter(member)
  }

  mutating func know(_ key: Int64, _ texts: [UInt32]) { listed[key] = texts }

  private mutating func enter(_ member: FleetMember) {
    members[member.text] = member
    textsOfFleet[member.fleetCluster, default: []].insert(member.text)
    textsOfHome[member.home, default: []].insert(member.text)
    textOfDocument[HostCluster(host: member.host, cluster: member.document)] = member.text
  }

  private mutating func leave(_ member: FleetMember) {
    members[member.text] = nil
    textsOfFleet[member.fleetCluster]?.remove(member.text)
    textsOfHome[member.home]?.remove(member.text)
    textOfDocument[HostCluster(host: member.host, cluster: member.document)] = nil
  }

  /// The texts that stand for a cluster of a host, by number.
  func texts(of home: HostCluster) -> [FleetMember] {
    (textsOfHome[home] ?? []).sorted().compactMap { members[$0] }
  }

  func text(ofDocument document: UInt32, host: Int) -> FleetMember? {
    textOfDocument[HostCluster(host: host, cluster: document)].flatMap { members[$0] }
  }

  /// The texts of a fleet cluster that are known, by number.
  func texts(ofFleet cluster: UInt32) -> [FleetMember] {
    (textsOfFleet[cluster] ?? []).sorted().compactMap { members[$0] }
  }

  /// What is listed under a key, in the fleet clusters as they are now.
  func listed(_ key: Int64) -> [LookUpRanking.Listed] {
    (listed[key] ?? []).compactMap { text in
      members[text].map { LookUpRanking.Listed(text: text, cluster: $0.fleetCluster) }
    }
  }

  /// How many texts a key has; nil where one of the same host and fleet cluster stands for it.
  func count(_ key: Int64, host: Int, fleet: UInt32) -> Int? {
    let texts = listed[key] ?? []
    let hasKin = texts.contains { text in
      members[text].map { $0.host == host && $0.fleetCluster == fleet } ?? false
    }
    return hasKin ? nil : texts.count
  }

  // MARK: Changes

  mutating func add(_ text: New) {
    enter(text.member)
    new[text.member.text] = text
    for key in text.keys { listed[key, default: []].append(text.member.text) }
    if text.member.fleetCluster == text.member.text { founded[text.member.text] = text.time }
  }

  /// Makes two fleet clusters one.
  mutating func fold(_ absorbed: UInt32, into kept: UInt32) {
    for text in textsOfFleet[absorbed] ?? [] {
      members[text]?.fleetCluster = kept
      new[text]?.member.fleetCluster = kept
    }
    textsOfFleet[kept, default: []].formUnion(textsOfFleet[absorbed] ?? [])
    textsOfFleet[absorbed] = nil
    edits.append(.fold(absorbed, into: kept))
    // It has named a fleet cluster, and a number is used once.
    hold([absorbed])
  }

  /// Puts a text into another fleet cluster, or one that is named after it.
  mutating func move(_ text: UInt32, to cluster: UInt32, time: Int64) {
    guard var member = members[text] else { return }
    shrunk.insert(member.fleetCluster)
    leave(member)
    member.fleetCluster = cluster
    enter(member)
    if new[text] != nil {
      new[text]?.member = member
    } else {
      edits.append(.put(text: text, into: cluster))
    }
    if cluster == text { founded[text] = time }
  }

  /// Its host has folded its cluster.
  mutating func recluster(_ text: UInt32, to cluster: UInt32) {
    guard var member = members[text] else { return }
    leave(member)
    member.cluster = cluster
    enter(member)
    if new[text] != nil {
      new[text]?.member = member
    } else {
      edits.append(.recluster(text: text, cluster: cluster))
    }
  }

  mutating func hold(_ texts: [UInt32]) {
    var earlier: [UInt32] = []
    for text in texts {
      if let member = members[text] {
        if member.isHeld { continue }
        members[text]?.isHeld = true
      }
      if new[text] != nil { new[text]?.member.isHeld = true } else { earlier.append(text) }
    }
    if !earlier.isEmpty { edits.append(.hold(earlier)) }
  }

  mutating func remove(_ text: UInt32) {
    guard let member = members[text] else { return }
    leave(member)
    shrunk.insert(member.fleetCluster)
    if new.removeValue(forKey: text) == nil { edits.append(.remove(text: text)) }
  }

  mutating func set(story: UInt32, of cluster: UInt32) { stories[cluster] = story }

  mutating func set(terms: [UInt8], ofText text: UInt32) { self.terms[text] = terms }

  mutating func foldStory(_ absorbed: UInt32, into kept: UInt32) {
    for (cluster, story) in stories where story == absorbed { stories[cluster] = kept }
    edits.append(.foldStory(absorbed, into: kept))
  }
}
