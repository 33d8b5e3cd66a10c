// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Stories {
  /// Stories of fewer representatives and of more units are not split.
  private static let fewest = 5
  private static let most = 64
  /// So alike may two groups be, as a share of the cosines within them, to be two events; the first
  /// is for a group of two, which might be chance.
  private static let pairShare = 0.55
  private static let share = 0.65

  /// Parts a story in two when those that stand for it turn out to tell of two events.
  mutating func split(_ story: UInt32, after document: UInt32, _ decision: inout StoryDecision) {
    guard let isSecond = events(of: story), let group = groups[story] else { return }
    let sides = sides(of: group, isSecond)
    guard let (leaving, name) = departure(sides) else {
      // Members that do not stand for the story may name a new one: it is looked at again.
      groups[story]?.cosines.forgetAll()
      return
    }
    units[place(name)].hasNamed = true
    let target = units[place(name)].cluster
    part(leaving, from: story, to: target)
    storyCount += 1
    for unit in leaving {
      decision.revisions.append(
        .moveCluster(
          units[place(unit)].cluster, documents: units[place(unit)].documents, from: story,
          to: target, reason: "document \(document) shows that this story was two events"))
    }
  }

  /// Which of those that stand for a story tell of a second event; nil when all tell of one, or
  /// nobody is new since that was found.
  private mutating func events(of story: UInt32) -> [Bool]? {
    guard var group = groups.remove(story) else { return nil }
    defer { groups[story] = group }
    let standing = group.representatives
    guard standing.count >= Self.fewest, group.members.count <= Self.most else { return nil }
    let new = group.cosines.unknownPlaces(below: standing.count)
    if new.isEmpty { return nil }
    for place in new {
      load(standing[place])
      group.cosines.learn(place, below: standing.count) { cosine(standing[$0]) }
    }
    let isSecond = StoryPartition.parted(group.cosines, standing.count)
    let count = isSecond.count { $0 }
    let fewer = min(count, isSecond.count - count)
    guard fewer >= 2 else { return nil }
    let (within, between) = StoryPartition.means(group.cosines, isSecond)
    let isTwo = between <= (fewer == 2 ? Self.pairShare : Self.share) * within
    return isTwo ? isSecond : nil
  }

  /// The members on each side; those that do not stand for the story go where they are nearer.
  private mutating func sides(of group: StoryGroup, _ isSecond: [Bool]) -> [[UInt32]] {
    var standing: [[UInt32]] = [[], []]
    for (place, unit) in group.representatives.enumerated() {
      standing[isSecond[place] ? 1 : 0].append(unit)
    }
    var sides: [[UInt32]] = [[], []]
    for unit in group.members {
      if let place = group.representatives.firstIndex(of: unit) {
        sides[isSecond[place] ? 1 : 0].append(unit)
        continue
      }
      load(unit)
      let means = standing.map { others in
        others.reduce(0.0) { $0 + cosine($1) } / Double(others.count)
      }
      sides[means[1] > means[0] ? 1 : 0].append(unit)
    }
    return sides
  }

  /// Which side leaves, the smaller or later one, and after which unit its story is named.
  private func departure(_ sides: [[UInt32]]) -> (leaving: [UInt32], name: UInt32)? {
    let isSecondLeaving =
      sides[1].count < sides[0].count
      || sides[1].count == sides[0].count && sides[1][0] > sides[0][0]
    for side in isSecondLeaving ? [1, 0] : [0, 1] {
      if let name = sides[side].first(where: { !units[place($0)].hasNamed }) {
        return (sides[side], name)
      }
    }
    return nil
  }

  /// Puts some units of a story into a new one.
  mutating func part(_ leaving: [UInt32], from story: UInt32, to target: UInt32) {
    let moved = Set(leaving)
    guard let group = groups.remove(story) else { return }
    groups[target] = group.filtered { moved.contains($0) }
    groups[story] = group.filtered { !moved.contains($0) }
    for unit in leaving { put(unit, in: target) }
  }
}
