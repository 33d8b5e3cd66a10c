// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The profiles of the documents that were asked for last; what is in it changes no decision.
struct ProfileCache: Sendable {
  private struct Entry {
    let document: UInt32
    let profile: DocumentProfile
    /// Neighbours by time of use, as places in `entries`.
    var newer: Int
    var older: Int
  }

  private static let none = -1

  let entryLimit: Int
  let byteLimit: Int
  private(set) var byteCount = 0
  private var entries: [Entry] = []
  private var unused: [Int] = []
  private var places: [UInt32: Int] = [:]
  private var newest = Self.none
  private var oldest = Self.none

  init(entryLimit: Int = 512, byteLimit: Int = 8 << 20) {
    self.entryLimit = entryLimit
    self.byteLimit = byteLimit
  }

  var count: Int { places.count }

  mutating func profile(of document: UInt32) -> DocumentProfile? {
    guard let place = places[document] else { return nil }
    if place != newest {
      unlink(place)
      link(place)
    }
    return entries[place].profile
  }

  /// The same without being a use of it.
  func known(_ document: UInt32) -> DocumentProfile? {
    places[document].map { entries[$0].profile }
  }

  /// Keeps a profile; others go, and it is not kept itself if it alone is too large.
  mutating func insert(_ profile: DocumentProfile, of document: UInt32) {
    guard places[document] == nil, profile.byteCount <= byteLimit else { return }
    while count >= entryLimit || byteCount + profile.byteCount > byteLimit { removeOldest() }
    let entry = Entry(document: document, profile: profile, newer: Self.none, older: Self.none)
    let place: Int
    if let free = unused.popLast() {
      place = free
      entries[place] = entry
    } else {
      place = entries.count
      entries.append(entry)
    }
    places[document] = place
    byteCount += profile.byteCount
    link(place)
  }

  private mutating func removeOldest() {
    let place = oldest
    unlink(place)
    places[entries[place].document] = nil
    byteCount -= entries[place].profile.byteCount
    entries[place] = Entry(
      document: 0, profile: .empty, newer: Self.none, older: Self.none)
    unused.append(place)
  }

  private mutating func link(_ place: Int) {
    entries[place].older = newest
    entries[place].newer = Self.none
    if newest != Self.none { entries[newest].newer = place }
    newest = place
    if oldest == Self.none { oldest = place }
  }

  private mutating func unlink(_ place: Int) {
    let (newer, older) = (entries[place].newer, entries[place].older)
    if newer == Self.none { newest = older } else { entries[newer].older = older }
    if older == Self.none { oldest = newer } else { entries[older].newer = newer }
  }

  func checkInvariants() {
    #if DEBUG
      var (place, seen, bytes) = (newest, 0, 0)
      while place != Self.none {
        precondition(places[entries[place].document] == place, "what is linked can be found")
        bytes += entries[place].profile.byteCount
        seen += 1
        place = entries[place].older
      }
      precondition(seen == count && bytes == byteCount, "all is linked, and nothing else")
      precondition(count <= entryLimit && byteCount <= byteLimit, "the limits hold")
    #endif
  }
}
