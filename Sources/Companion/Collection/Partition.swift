// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which document is in which group, a cluster or a story, folded from decisions in their order.
///
/// The one place that reads the cluster log's contract: `assigned`, then `moved`, then `merged`
/// folding what is absorbed into the survivor. A group's number is never used again, so what
/// absorbed it can be looked up at any later time.
package struct Partition: Sendable {
  /// The group that each document was put into last.
  private var groups: [UInt32: UInt32] = [:]
  /// What absorbed each group that is no more.
  private var survivors: [UInt32: UInt32] = [:]

  package init() {}

  /// Makes room for so many documents.
  mutating func reserveCapacity(_ documents: Int) { groups.reserveCapacity(documents) }

  package var documentCount: Int { groups.count }

  /// A document was put into a group, or moved to another.
  package mutating func put(_ document: UInt32, into group: UInt32) { groups[document] = group }

  /// A group was folded into another.
  package mutating func fold(_ absorbed: UInt32, into survivor: UInt32) {
    let (absorbed, survivor) = (self.survivor(of: absorbed), self.survivor(of: survivor))
    // A damaged log may say that two groups absorbed each other.
    if absorbed != survivor { survivors[absorbed] = survivor }
  }

  /// The group that a document is in now; nil for one that was never put into any.
  package func group(of document: UInt32) -> UInt32? { groups[document].map(survivor) }

  /// The group that a number stands for now: itself, or what absorbed it in the end.
  package func survivor(of group: UInt32) -> UInt32 {
    var group = group
    while let next = survivors[group] { group = next }
    return group
  }

  /// Whether a group was folded into another.
  package func isAbsorbed(_ group: UInt32) -> Bool { survivors[group] != nil }

  /// The documents of each group that has so many, in order of arrival.
  package func members(atLeast least: Int = 1) -> [UInt32: [UInt32]] {
    var sizes: [UInt32: Int] = [:]
    for group in groups.values { sizes[survivor(of: group), default: 0] += 1 }
    // Most groups are of one document: a list for each would take longer than all else.
    var members: [UInt32: [UInt32]] = [:]
    for (document, group) in groups {
      let group = survivor(of: group)
      if sizes[group, default: 0] >= least { members[group, default: []].append(document) }
    }
    return members.mapValues { $0.sorted() }
  }

  /// The documents of one group, in order of arrival.
  package func members(of group: UInt32) -> [UInt32] {
    groups.filter { survivor(of: $0.value) == group }.keys.sorted()
  }

  package func checkInvariants() {
    for group in survivors.keys {
      var (current, steps) = (group, 0)
      while let next = survivors[current] {
        (current, steps) = (next, steps + 1)
        precondition(steps <= survivors.count, "no group absorbed itself in the end")
      }
    }
  }
}
