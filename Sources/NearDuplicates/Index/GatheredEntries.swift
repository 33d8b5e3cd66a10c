// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Entries of an earlier run on their way into a table, by the shard that they belong to.
///
/// Each goes to a place of its own, far from that of the one before it. Those of one shard lie
/// together, so that a shard which takes thousands of them at once stays in the caches.
struct GatheredEntries: Sendable {
  /// So many of one shard are gathered: 16 MB in all, of which only what is used takes memory.
  private static let limit = 1 << 13

  /// Entries as the table holds them, `limit` for each shard.
  private var entries: ContiguousArray<UInt64> = []
  private var counts: ContiguousArray<Int> = []

  /// Takes in an entry; its shard must not be full.
  ///
  /// - Returns: whether it is now.
  @inline(__always)
  mutating func append(_ entry: UInt64, ofShard shard: Int) -> Bool {
    if counts.isEmpty { begin() }
    let count = counts[shard]
    entries[shard &* Self.limit &+ count] = entry
    counts[shard] = count &+ 1
    return count &+ 1 == Self.limit
  }

  private mutating func begin() {
    counts = ContiguousArray(repeating: 0, count: ShardedTable.shardCount)
    entries = ContiguousArray(unsafeUninitializedCapacity: Self.limit * counts.count) {
      $1 = $0.count
    }
  }

  /// Lends the entries of a shard in the order in which they came, and lets them go.
  mutating func take(shard: Int, _ body: (UnsafeBufferPointer<UInt64>) -> Void) {
    guard !counts.isEmpty, counts[shard] > 0 else { return }
    let start = shard * Self.limit
    entries.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[start..<start + counts[shard]]))
    }
    counts[shard] = 0
  }
}
