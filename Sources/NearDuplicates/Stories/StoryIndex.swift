// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// From terms to the latest units that hold them.
///
/// A hash table in shards, 8 bytes a slot; a slot holds the unit itself while there is only one. What
/// has expired is swept when a shard is full, before it grows.
struct StoryIndex: Sendable {
  /// So many units are listed under a term, the latest.
  static let listLimit = 16

  private static let shardCount = 64

  private var shards = Array(repeating: StoryIndexShard(), count: StoryIndex.shardCount)

  var byteCount: Int {
    shards.reduce(0) { $0 + $1.byteCount }
  }
  var termCount: Int { shards.reduce(0) { $0 + $1.count } }

  @inline(__always)
  private static func home(_ term: UInt32) -> (shard: Int, slot: UInt32) {
    let mixed = term &* 0x9E37_79B1
    return (Int(mixed >> 26), mixed << 6)
  }

  /// Passes on the units under a term, the latest first.
  func forEachUnit(of term: UInt32, _ body: (UInt32) -> Void) {
    let home = Self.home(term)
    shards[home.shard].forEachUnit(of: term, home.slot, body)
  }

  /// Lists a unit under a term.
  mutating func add(_ unit: UInt32, under term: UInt32, isLive: (UInt32) -> Bool) {
    let home = Self.home(term)
    shards[home.shard].add(unit, term, home.slot, isLive)
  }
}
