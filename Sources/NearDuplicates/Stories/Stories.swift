// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The stories of a growing collection: which clusters tell of the same event in other words.
///
/// Pure: decisions depend only on the texts, their order and times, and the window. A cluster is a
/// *unit* with the text of its founder, so that copies count once and cost nothing. What one arrival
/// costs does not grow with the stories, and memory goes with the units of one window, beside four
/// bytes for each document.
package struct Stories: Sendable {
  /// Reads the stored tokens of an earlier document.
  package typealias Contents = (UInt32) throws -> TokenSequence

  /// So long after its arrival, in microseconds, a unit takes part.
  let window: Int64

  var memory = StoryMemory()
  var index = StoryIndex()
  var probe = TermProbe()
  var places = NumberMap()
  /// The units from number `firstUnit` on; those below `firstLive` have expired.
  var units: ContiguousArray<StoryUnit> = []
  var firstUnit = 0
  var firstLive = 0
  /// The live units by their clusters.
  var unitOfCluster: [UInt32: UInt32] = [:]
  /// The stories that have live units.
  var groups: [UInt32: StoryGroup] = [:]
  /// The story of each cluster that is or was a unit, by its number; 0 for other documents.
  var storyOfCluster: [UInt32] = []
  /// What absorbed a story.
  var survivors: [UInt32: UInt32] = [:]
  /// The greatest time so far.
  var now = Int64.min
  var replay = StoryReplay()

  package init(window: Int64) {
    self.window = window
  }

  /// The story of a cluster; nil when it never had one.
  package func story(of cluster: UInt32) -> UInt32? {
    guard Int(cluster) < storyOfCluster.count, storyOfCluster[Int(cluster)] != 0 else {
      return nil
    }
    return survivor(of: storyOfCluster[Int(cluster)])
  }

  package var liveUnits: Int { firstUnit + units.count - firstLive }
  package var liveStories: Int { groups.count }
  /// How many cosines were taken since the start.
  package var cosines: Int { probe.cosines }
  /// Bytes that are kept, about.
  package var byteCount: Int {
    memory.byteCount + index.byteCount + storyOfCluster.count * 4
      + units.reduce(0) { $0 + 96 + $1.vector.entries.count * 4 + $1.documents.count * 4 }
      + groups.reduce(0) { $0 + 48 + 4 * ($1.value.members.count + $1.value.representatives.count) }
  }

  func survivor(of story: UInt32) -> UInt32 {
    var story = story
    while let next = survivors[story] { story = next }
    return story
  }

  @inline(__always)
  func place(_ unit: UInt32) -> Int { Int(unit) - firstUnit }

  func isLive(_ unit: UInt32) -> Bool {
    Int(unit) >= firstLive && !units[place(unit)].isRetired
  }

  mutating func cosine(_ unit: UInt32) -> Double { probe.cosine(units[place(unit)].vector) }

  mutating func load(_ unit: UInt32) { probe.load(units[place(unit)].vector) }

  /// Notes where a unit and its cluster are now.
  mutating func put(_ unit: UInt32, in story: UInt32) {
    units[place(unit)].story = story
    let cluster = Int(units[place(unit)].cluster)
    if storyOfCluster.count <= cluster {
      storyOfCluster.append(
        contentsOf: repeatElement(0, count: cluster + 1 - storyOfCluster.count))
    }
    storyOfCluster[cluster] = story
  }

  package func checkInvariants() {
    #if DEBUG
      for (story, group) in groups {
        precondition(!group.members.isEmpty, "a story without live units is closed")
        precondition(survivors[story] == nil, "it stands")
        precondition(Set(group.members).count == group.members.count, "each once")
        precondition(
          Set(group.representatives).isSubset(of: group.members), "members stand for it")
        precondition(!group.representatives.isEmpty, "someone stands for it")
        precondition(group.members.allSatisfy { isLive($0) }, "live units only")
        precondition(group.members.allSatisfy { units[place($0)].story == story }, "of its own")
      }
      let members = groups.values.reduce(0) { $0 + $1.members.count }
      precondition(members == unitOfCluster.count, "each live unit is in one story")
    #endif
  }
}
