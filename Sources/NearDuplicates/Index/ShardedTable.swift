// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A hash table from 40-bit keys to 32-bit values above zero, 8 bytes a slot.
///
/// It is cut into shards by the lowest bits of the key, and a shard grows by a quarter on its own,
/// so that no insertion waits for the whole table to be copied.
///
/// Where a key goes depends on a secret of the process, or somebody could write documents whose
/// shingles all fall into one place, and searching there would take as long as there are such
/// documents (Crosby & Wallach 2003, "Denial of service via algorithmic complexity attacks").
/// What is found does not depend on it.
struct ShardedTable: Sendable {
  /// The bits of a hash that make its key. Samples keep small hashes: their high bits tell little.
  static let keyBits = 40

  static let shardCount = 1 << 8
  private static let keyMask: UInt64 = 1 << keyBits - 1
  private var shards: [IndexShard]
  private let secret: UInt64
  /// Odd, so that multiplying by it can be undone and distinct keys stay distinct.
  private let factor: UInt64

  init(secret: UInt64 = .random(in: .min ... .max)) {
    self.secret = secret
    factor = secret &>> 24 | 1
    shards = Array(repeating: IndexShard(), count: Self.shardCount)
  }

  /// The part of a hash by which it is found.
  static func key(_ hash: UInt64) -> UInt64 { hash & keyMask }

  /// The key with its bits mixed by the secret; no two keys become one.
  @inline(__always)
  private func mixed(_ key: UInt64) -> UInt64 {
    var mixed = (key ^ secret) &* factor & Self.keyMask
    mixed ^= mixed &>> 21
    return mixed &* 0x9E37_79B9_7F4A_7C15 & Self.keyMask
  }

  var count: Int { shards.reduce(0) { $0 + $1.count } }
  var byteCount: Int { shards.reduce(0) { $0 + $1.byteCount } }

  @inline(__always)
  private static func shard(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: key) & (shardCount - 1)
  }

  @inline(__always)
  private static func tag(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key &>> 8) }

  @inline(__always)
  func value(of key: UInt64) -> UInt32? {
    let mixed = mixed(key)
    return shards[Self.shard(mixed)].value(of: Self.tag(mixed))
  }

  /// The values of many keys, 0 for those that have none.
  ///
  /// The slots of all are read before anything depends on what is in them: they are far apart in
  /// memory, and this way the processor waits for many at a time.
  func readValues(
    of keys: some RandomAccessCollection<UInt64>, into output: UnsafeMutablePointer<UInt32>
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keys.count) { entries in
      for (index, key) in keys.enumerated() {
        let mixed = mixed(key)
        entries[index] = shards[Self.shard(mixed)].entryAtHome(of: Self.tag(mixed))
      }
      for (index, key) in keys.enumerated() {
        let mixed = mixed(key)
        output[index] = shards[Self.shard(mixed)].value(
          of: Self.tag(mixed), entryAtHome: entries[index])
      }
    }
  }

  // MARK: Many of one shard

  /// What the slot of a key is to hold, and the shard that it belongs to.
  @inline(__always)
  func entry(_ key: UInt64, _ value: UInt32) -> (shard: Int, entry: UInt64) {
    let mixed = mixed(key)
    return (Self.shard(mixed), UInt64(Self.tag(mixed)) &<< 32 | UInt64(value))
  }

  /// Puts entries of a shard, one after the other; they are found then.
  ///
  /// - Parameters:
  ///   - growth: By how much a shard grows that has become full; a quarter at least.
  ///   - touch: Reads something of what a value stands for, long before it is needed.
  ///   - joined: What becomes of a value that is there and a new one.
  mutating func put(
    _ entries: UnsafeBufferPointer<UInt64>, inShard shard: Int, growth: Double,
    touch: (UInt32) -> UInt32, joined: (_ old: UInt32, _ new: UInt32) -> UInt32
  ) {
    shards[shard].put(entries, growth: growth, touch: touch, joined: joined)
  }

  // MARK: One at a time

  /// Where a key is, or where it may be put; good until the next call.
  struct Place {
    fileprivate let shard: Int
    fileprivate let slot: Int
    fileprivate let tag: UInt32
  }

  mutating func place(for key: UInt64) -> Place {
    let mixed = mixed(key)
    let (shard, tag) = (Self.shard(mixed), Self.tag(mixed))
    return Place(shard: shard, slot: shards[shard].slot(for: tag), tag: tag)
  }

  func value(at place: Place) -> UInt32? { shards[place.shard].value(at: place.slot) }

  /// Puts a key where there is none.
  mutating func fill(_ place: Place, _ value: UInt32) {
    shards[place.shard].fill(place.slot, place.tag, value)
  }

  mutating func replace(_ place: Place, _ value: UInt32) {
    shards[place.shard].replace(place.slot, value)
  }

  /// The most slots that are looked at for a key that is there.
  var longestSearch: Int { shards.reduce(0) { max($0, $1.longestSearch) } }

  func checkInvariants() {
    #if DEBUG
      for shard in shards { shard.checkInvariants() }
    #endif
  }
}
