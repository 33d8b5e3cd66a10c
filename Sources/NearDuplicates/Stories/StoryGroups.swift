// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The groups of the open stories, by the stories' numbers.
///
/// Eight stories are looked up for each unit, all over memory: an array takes one look for each
/// where a hash table takes several, for four bytes a document.
struct StoryGroups: Sendable {
  /// One more than where a story's group is, by the story's number; 0 for none.
  private var places: OffsetTable
  /// Empty ones belong to no story.
  private var groups: ContiguousArray<StoryGroup> = []
  private var free: [UInt32] = []

  init(base: UInt32 = 0) { places = OffsetTable(base: base) }

  var count: Int { groups.count - free.count }

  /// About how much memory it takes; one story in twenty has cosines.
  var byteCount: Int { places.byteCount + groups.count * 190 }

  @inline(__always)
  private func place(of story: UInt32) -> Int? {
    let place = places[story]
    return place == 0 ? nil : Int(place) - 1
  }

  subscript(story: UInt32) -> StoryGroup? {
    get { place(of: story).map { groups[$0] } }
    set {
      guard let newValue else {
        _ = remove(story)
        return
      }
      groups[makePlace(of: story)] = newValue
    }
  }

  /// Takes a unit into a story, which it may begin.
  mutating func add(_ unit: UInt32, cluster: UInt32, to story: UInt32) {
    groups[makePlace(of: story)].add(unit, cluster: cluster)
  }

  /// Closes a story; answers what was in it.
  mutating func remove(_ story: UInt32) -> StoryGroup? {
    guard let place = place(of: story) else { return nil }
    var group = StoryGroup()
    swap(&group, &groups[place])
    places[story] = 0
    free.append(UInt32(place))
    return group
  }

  private mutating func makePlace(of story: UInt32) -> Int {
    if let place = place(of: story) { return place }
    let place: Int
    if let last = free.popLast() {
      place = Int(last)
    } else {
      place = groups.count
      groups.append(StoryGroup())
    }
    places[story] = UInt32(place + 1)
    return place
  }

  func checkInvariants() {
    #if DEBUG
      let taken = places.all.map(\.value)
      precondition(taken.count == count, "each story has a group")
      precondition(Set(taken).count == count, "of its own")
      precondition(free.allSatisfy { groups[Int($0)] == StoryGroup() }, "what is free is empty")
    #endif
  }

  /// The open stories with their groups, in order of their numbers.
  var all: [(story: UInt32, group: StoryGroup)] {
    places.all.compactMap { place in
      self[place.number].map { (story: place.number, group: $0) }
    }
  }
}
