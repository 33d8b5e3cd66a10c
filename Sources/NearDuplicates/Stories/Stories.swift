// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The stories of a growing collection: which clusters tell of the same event in other words.
///
/// Pure: decisions depend only on the texts, their order and times, and the window. A cluster is a
/// *unit* with the text of its founder, so that copies count once and cost nothing. What one
/// arrival costs does not grow with the stories, and memory goes with the units of one window,
/// or of all documents where their times come in any order, beside twelve bytes for each document.
package struct Stories: Sendable {
  /// Reads the stored tokens of an earlier document.
  package typealias Contents = (UInt32) throws -> TokenSequence

  /// So long, in microseconds, a unit takes part in decisions about others.
  package let window: Int64
  /// What that is measured by.
  package let clock: StoryClock

  var memory = StoryMemory()
  var index = StoryIndex()
  var probe = TermProbe()
  var gathering = TermGathering()
  var places = NumberMap()
  var sums: [Similar] = []
  /// Something of all that was fetched ahead, or the fetching would be optimised away.
  var touched: UInt32 = 0
  /// The units from number `firstUnit` on; those below `firstLive` have expired.
  var units: ContiguousArray<StoryUnit> = []
  var vectors = TermVectors()
  /// Their stories; 0 for one whose cluster was absorbed by another one, or whose time is over.
  var storyOfUnit: ContiguousArray<UInt32> = []
  var firstUnit = 0
  var firstLive = 0
  /// The live units by their clusters.
  var unitOfCluster: ClusterUnits
  /// The stories that have live units.
  var groups: StoryGroups
  /// The story of each cluster that is or was a unit, by its number; 0 for other documents.
  var storyOfCluster: OffsetTable
  /// What absorbed a story.
  var survivors: [UInt32: UInt32] = [:]
  /// Stories over the life of the collection.
  package internal(set) var storyCount = 0
  /// The greatest time so far; with times in any order that of the last unit.
  var now = Int64.min
  var replay = StoryReplay()

  /// - Parameter base: The last document beyond the horizon.
  package init(window: Int64, clock: StoryClock = .arrival, base: UInt32 = 0) {
    self.window = window
    self.clock = clock
    unitOfCluster = ClusterUnits(base: base)
    groups = StoryGroups(base: base)
    storyOfCluster = OffsetTable(base: base)
  }

  /// The story of a cluster; nil when it never had one.
  package func story(of cluster: UInt32) -> UInt32? {
    let story = storyOfCluster[cluster]
    return story == 0 ? nil : survivor(of: story)
  }

  /// Stories that take documents.
  package var openStories: Int { groups.count }
  /// Units that take part.
  package var liveUnits: Int { unitOfCluster.count }
  /// Bytes that are kept, about.
  package var byteCount: Int {
    memory.byteCount + index.byteCount + storyOfCluster.byteCount + unitOfCluster.byteCount
      + vectors.byteCount + units.count * 130 + groups.byteCount
  }

  func survivor(of story: UInt32) -> UInt32 {
    var story = story
    while let next = survivors[story] { story = next }
    return story
  }

  @inline(__always)
  func place(_ unit: UInt32) -> Int { Int(unit) - firstUnit }

  @inline(__always)
  func story(ofUnit unit: UInt32) -> UInt32 { storyOfUnit[place(unit)] }

  func cosine(_ unit: UInt32) -> Double { probe.cosine(vectors, at: place(unit)) }

  mutating func load(_ unit: UInt32) { probe.load(vectors, at: place(unit)) }

  /// Notes where a unit and its cluster are now.
  mutating func put(_ unit: UInt32, in story: UInt32) {
    storyOfUnit[place(unit)] = story
    note(units[place(unit)].cluster, in: story)
  }

  mutating func note(_ cluster: UInt32, in story: UInt32) {
    storyOfCluster[cluster] = story
  }

  #if DEBUG
    private func knowsCosines(of group: StoryGroup) -> Bool {
      let standing = group.representatives
      let known = Set(standing.indices)
        .subtracting(group.cosines.unknownPlaces(below: standing.count)).sorted()
      var probe = TermProbe()
      for (count, place) in known.enumerated() {
        probe.load(vectors, at: self.place(standing[place]))
        for other in known[..<count] {
          let cosine = Float(probe.cosine(vectors, at: self.place(standing[other])))
          if Float(group.cosines[place, other]) != cosine { return false }
        }
      }
      return true
    }
  #endif

  package func checkInvariants() {
    #if DEBUG
      groups.checkInvariants()
      for (story, group) in groups.all {
        precondition(!group.members.isEmpty, "a story without live units is closed")
        precondition(survivors[story] == nil, "it stands")
        precondition(Set(group.members).count == group.members.count, "each once")
        precondition(
          Set(group.representatives).isSubset(of: group.members), "members stand for it")
        precondition(!group.representatives.isEmpty, "someone stands for it")
        precondition(group.members.allSatisfy { Int($0) >= firstLive }, "live units only")
        precondition(group.members.allSatisfy { self.story(ofUnit: $0) == story }, "of its own")
        precondition(knowsCosines(of: group), "what is known of them is so")
      }
      for (cluster, unit) in unitOfCluster.all {
        precondition(units[place(unit)].cluster == cluster, "a unit is its cluster's")
        precondition(storyOfCluster[cluster] == story(ofUnit: unit), "of its story")
      }
      let members = groups.all.reduce(0) { $0 + $1.group.members.count }
      precondition(members == unitOfCluster.count, "each live unit is in one story")
    #endif
  }
}
