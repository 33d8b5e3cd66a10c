// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// From terms to the latest units that hold them.
///
/// A hash table in shards, 8 bytes a slot; a slot holds the unit itself while there is only one.
/// What has expired is swept when a shard is full, before it grows.
struct StoryIndex: Sendable {
  /// So many units are listed under a term, the latest.
  static let listLimit = 16

  private static let shardCount = 64

  private var shards = Array(repeating: StoryIndexShard(), count: StoryIndex.shardCount)

  var byteCount: Int {
    shards.reduce(0) { $0 + $1.byteCount }
  }

  @inline(__always)
  private static func home(_ term: UInt32) -> (shard: Int, slot: UInt32) {
    let mixed = term &* 0x9E37_79B1
    return (Int(mixed >> 26), mixed << 6)
  }

  /// Where the units under a term are: looked up for all terms before any is read, so that the
  /// look-ups overlap.
  struct Entry {
    fileprivate let shard: Int
    fileprivate let value: UInt32
  }

  @inline(__always)
  func entry(of term: UInt32) -> Entry {
    let home = Self.home(term)
    return Entry(shard: home.shard, value: shards[home.shard].entry(of: term, home.slot))
  }

  /// Something of the place where a term belongs, and of the list that may be there. Asked for
  /// several terms before the first is needed, they make the waiting overlap.
  @inline(__always)
  func touchHome(of term: UInt32) -> UInt32 {
    let home = Self.home(term)
    return shards[home.shard].touch(home.slot)
  }

  @inline(__always)
  func touchList(of term: UInt32) -> UInt32 {
    let entry = entry(of: term)
    return shards[entry.shard].touchList(entry.value)
  }

  /// Copies one more than the numbers of the units under a term, the latest last, and zeros up to
  /// `listLimit`.
  @inline(__always)
  func copy(_ entry: Entry, to output: UnsafeMutablePointer<UInt32>) {
    shards[entry.shard].copy(entry.value, to: output)
  }

  /// Lists a unit under a term.
  mutating func add(_ unit: UInt32, under term: UInt32, isLive: (UInt32) -> Bool) {
    let home = Self.home(term)
    shards[home.shard].add(unit, term, home.slot, isLive)
  }
}
