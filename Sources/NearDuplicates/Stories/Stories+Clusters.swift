// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What happens to clusters, as their stories see it.
extension Stories {
  /// A document joined a cluster, whose story is its story too.
  package mutating func add(_ document: UInt32, to cluster: UInt32) {
    guard let unit = unitOfCluster[cluster] else { return }
    units[place(unit)].documents.append(document)
  }

  /// Two clusters turned out to be one: so are their stories.
  package mutating func mergeClusters(
    into kept: UInt32, absorbed gone: UInt32
  ) -> [StoryDecision.Revision] {
    var revisions: [StoryDecision.Revision] = []
    switch (story(of: kept), story(of: gone)) {
    case (let one?, let other?) where one != other:
      let (into, absorbed) = fold(one, other)
      revisions.append(.merge(into: into, absorbed: absorbed, match: nil))
    case (nil, let other?):
      // The survivor is from a time when there were no stories: it takes the other's place.
      note(kept, in: other)
      if let unit = unitOfCluster[gone] {
        unitOfCluster[gone] = nil
        units[place(unit)].cluster = kept
        unitOfCluster[kept] = unit
        return []
      }
    default: break
    }
    if let unit = unitOfCluster[gone] {
      if let survivor = unitOfCluster[kept] {
        units[place(survivor)].documents += units[place(unit)].documents
      }
      retire(unit)
    } else if story(of: gone) != nil, let survivor = unitOfCluster[kept] {
      // Documents from before the window came with it, and these are not to be moved any more.
      retire(survivor)
    }
    return revisions
  }

  /// A document left its cluster for another one that has a story.
  package mutating func move(
    _ document: UInt32, from: UInt32, to cluster: UInt32, reason: String
  ) -> [StoryDecision.Revision] {
    take(document, from: from)
    add(document, to: cluster)
    guard let old = story(of: from), let new = story(of: cluster), old != new else { return [] }
    return [.moveDocument(document, from: old, to: new, reason: reason)]
  }

  /// A document left its cluster.
  package mutating func take(_ document: UInt32, from cluster: UInt32) {
    guard let unit = unitOfCluster[cluster] else { return }
    units[place(unit)].documents.removeAll { $0 == document }
  }
}
