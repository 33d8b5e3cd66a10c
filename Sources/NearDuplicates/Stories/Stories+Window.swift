// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which units take part in a decision: those of the window.
extension Stories {
  /// Moves to the time of a unit.
  ///
  /// By the clock of arrivals time never goes back, and units whose time is over go.
  mutating func turn(to time: Int64) {
    guard clock == .arrival else {
      now = time
      return
    }
    now = max(now, time)
    while firstLive < firstUnit + units.count {
      let unit = UInt32(firstLive)
      guard isOver(unit, at: now) else { break }
      firstLive += 1
      if storyOfUnit[place(unit)] != 0 { retire(unit) }
    }
    let expired = firstLive - firstUnit
    if expired > 1_024, expired > units.count / 2 {
      units.removeFirst(expired)
      vectors.removeFirst(expired)
      storyOfUnit.removeFirst(expired)
      firstUnit = firstLive
    }
  }

  /// Whether a unit's time is over, by the clock of arrivals.
  func isOver(_ unit: UInt32, at time: Int64) -> Bool {
    let (end, hasOverflown) = units[place(unit)].time.addingReportingOverflow(window)
    return !hasOverflown && end < time
  }

  /// Takes a unit out of its story, which is closed with the last one.
  mutating func retire(_ unit: UInt32) {
    let story = story(ofUnit: unit)
    storyOfUnit[place(unit)] = 0
    units[place(unit)].documents = []
    unitOfCluster[units[place(unit)].cluster] = nil
    guard var group = groups.remove(story) else { return }
    group.remove(unit)
    if !group.members.isEmpty { groups[story] = group }
  }

  // MARK: Times in any order

  /// Whether the times of a unit and of another one are at most a window apart.
  func isNear(_ unit: UInt32, to time: Int64) -> Bool {
    if window == .max { return true }
    let (apart, hasOverflown) = units[place(unit)].time.subtractingReportingOverflow(time)
    return !hasOverflown && apart.magnitude <= window.magnitude
  }

  /// A story as a unit of that time sees it; nil when all of it is too far away.
  func group(_ story: UInt32, at time: Int64) -> StoryGroup? {
    guard let group = groups[story] else { return nil }
    return clock == .arrival ? group : group.filtered { isNear($0, to: time) }
  }

  /// So many keys of the index hold what is listed under a term for one unit to find.
  var keysPerTerm: Int { clock == .arrival ? 1 : 3 }

  /// What units of a time are listed under for a term.
  ///
  /// An entry of the index holds the latest units only. Those that come in any order would push
  /// one another out, so that each stretch of time as long as the window has entries of its own.
  @inline(__always)
  func key(of term: UInt32, at time: Int64) -> UInt32 {
    clock == .arrival ? term : Self.key(term, stretch(of: time))
  }

  /// Where units that are near to a time may be listed: as many keys as `keysPerTerm`.
  func keys(of term: UInt32, near time: Int64) -> [UInt32] {
    guard clock == .published else { return [term] }
    let stretch = stretch(of: time)
    return [stretch &- 1, stretch, stretch &+ 1].map { Self.key(term, $0) }
  }

  /// The number of a stretch of time, rounded down.
  private func stretch(of time: Int64) -> Int64 {
    if window == .max { return 0 }
    let (quotient, remainder) = time.quotientAndRemainder(dividingBy: max(1, window))
    return remainder < 0 ? quotient - 1 : quotient
  }

  private static func key(_ term: UInt32, _ stretch: Int64) -> UInt32 {
    let mixed = Mixing.mix(UInt64(term) << 32 ^ UInt64(bitPattern: stretch))
    return UInt32(truncatingIfNeeded: mixed >> 32)
  }
}
