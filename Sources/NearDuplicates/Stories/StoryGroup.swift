// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The live units of a story and those that stand for it, by their numbers.
struct StoryGroup: Sendable, Equatable {
  /// So many units stand for a story.
  static let representativeLimit = 16

  /// In the order in which they came.
  var members: [UInt32] = []
  private(set) var representatives: [UInt32] = []
  /// Between these, as far as they are known.
  var cosines = RepresentativeCosines()

  /// Takes in a member whose cluster has this number.
  mutating func add(_ unit: UInt32, cluster: UInt32) {
    members.append(unit)
    if representatives.count < Self.representativeLimit {
      cosines.forget(representatives.count)
      return representatives.append(unit)
    }
    // A reservoir whose draw depends on the unit and the size alone; the first stays for good.
    let mixed = Mixing.mix(UInt64(cluster) << 20 ^ UInt64(members.count))
    let place = Int((mixed >> 33) % UInt64(members.count))
    if (1..<Self.representativeLimit).contains(place) {
      cosines.forget(place)
      representatives[place] = unit
    }
  }

  /// Takes a member out.
  mutating func remove(_ unit: UInt32) {
    members.removeAll { $0 == unit }
    representatives.removeAll { $0 == unit }
    cosines.forgetAll()
    standIn()
  }

  /// The group of some of the members; nil for none.
  func filtered(_ isIncluded: (UInt32) -> Bool) -> StoryGroup? {
    var group = StoryGroup(
      members: members.filter(isIncluded), representatives: representatives.filter(isIncluded))
    group.standIn()
    return group.members.isEmpty ? nil : group
  }

  /// If nobody stands for the story, the first members do.
  private mutating func standIn() {
    if representatives.isEmpty {
      representatives = Array(members.prefix(Self.representativeLimit))
    }
  }

  /// Takes in all of another story: in turn one of each stands for both.
  mutating func absorb(_ other: StoryGroup) {
    var both: [UInt32] = []
    for place in 0..<max(representatives.count, other.representatives.count) {
      for group in [self, other]
      where place < group.representatives.count && both.count < Self.representativeLimit {
        both.append(group.representatives[place])
      }
    }
    representatives = both
    cosines.forgetAll()
    members += other.members
  }
}
