// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// Documents drawn from a collection, listed under some of their shingles, so that those which are
/// much like one of them are found without comparing each with each.
struct DriftSample {
  struct Member {
    let document: UInt32
    let shingles: ShingleSet
  }

  /// A shingle of a member that leads to it.
  private struct Listing {
    let hash: UInt64
    let member: Int
  }

  /// A member is listed under so many of its shingles, those of the lowest hashes (Broder 1997):
  /// with 256 the share that another text has is known to a few hundredths.
  private static let listedShingles = 256
  /// All members together have no more shingles: 128 MiB.
  static let shingleLimit = 1 << 24

  private(set) var members: [Member] = []
  private var shingleCount = 0
  /// Ascending by hash once `list` was called.
  private var listings: [Listing] = []
  /// How many shingles each member shares with the text that is looked at; all 0 in between.
  private var shared: [Int] = []

  /// The numbers in the order in which they are drawn, the same one each time: what a seed and the
  /// number alone say, so that most of a sample stays in it while the collection grows.
  static func drawing(_ documents: [UInt32], seed: UInt64) -> [UInt32] {
    documents.map { (key: mixed(seed ^ UInt64($0)), document: $0) }
      .sorted { ($0.key, $0.document) < ($1.key, $1.document) }.map(\.document)
  }

  /// Puts a document into the sample; false where there is no more room.
  mutating func take(_ document: UInt32, _ shingles: ShingleSet) -> Bool {
    guard shingleCount + shingles.count <= Self.shingleLimit else { return false }
    shingleCount += shingles.count
    let member = members.count
    members.append(Member(document: document, shingles: shingles))
    for hash in shingles.hashes.prefix(Self.listedShingles) {
      listings.append(Listing(hash: hash, member: member))
    }
    return true
  }

  /// All members are there.
  mutating func list() {
    listings.sort { ($0.hash, $0.member) < ($1.hash, $1.member) }
    shared = Array(repeating: 0, count: members.count)
  }

  /// The members of which a text may have a resemblance of .6 and more, ascending.
  ///
  /// Such a text has as large a share of a member's shingles, and half of those that it is listed
  /// under are asked for: none of .8 is overlooked that chance could ever bring.
  mutating func candidates(for text: ShingleSet) -> [Int] {
    var touched: [Int] = []
    for hash in text.hashes {
      guard let last = listings.last, hash <= last.hash else { break }
      var place = firstListing(from: hash)
      while place < listings.count, listings[place].hash == hash {
        let member = listings[place].member
        if shared[member] == 0 { touched.append(member) }
        shared[member] += 1
        place += 1
      }
    }
    let found = touched.filter { member in
      2 * shared[member] >= min(members[member].shingles.count, Self.listedShingles)
    }
    for member in touched { shared[member] = 0 }
    return found.sorted()
  }

  /// The first listing of a hash or of one above it, by bisection.
  private func firstListing(from hash: UInt64) -> Int {
    var (low, high) = (0, listings.count)
    while low < high {
      let middle = (low + high) / 2
      if listings[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The last step of SplitMix64 (Steele, Lea, Flood 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  func checkInvariants() {
    precondition(shared.allSatisfy { $0 == 0 }, "no count is left from the text before")
    precondition(
      zip(listings, listings.dropFirst()).allSatisfy { $0.hash <= $1.hash },
      "listings are ascending")
    precondition(shingleCount <= Self.shingleLimit, "the sample is bounded")
  }
}
