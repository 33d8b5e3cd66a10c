// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShardedTableTests {
  @Test func manyKeysAtOnceHaveTheValuesThatEachHas() {
    var random = SeededGenerator(seed: 1)
    var table = ShardedTable()
    var truth: [UInt64: UInt32] = [:]
    var keys: [UInt64] = []
    for value in 1...20_000 as ClosedRange<UInt32> {
      let key = ShardedTable.key(random.next())
      let place = table.place(for: key)
      if truth[key] == nil { table.fill(place, value) } else { table.replace(place, value) }
      truth[key] = value
      keys += [key, ShardedTable.key(random.next())]
      // Also while the shards are small and full.
      if value % 997 != 0 { continue }
      let values = [UInt32](unsafeUninitializedCapacity: keys.count) { output, count in
        count = keys.count
        if let start = output.baseAddress { table.readValues(of: keys, into: start) }
      }
      #expect(values == keys.map { truth[$0] ?? 0 })
      #expect(values == keys.map { table.value(of: $0) ?? 0 })
    }
    table.checkInvariants()
    #expect(table.count == truth.count)
  }

  /// Entries that are put many at a time are found as if each had come alone, in its turn.
  @Test(arguments: [0.0, 1.25, 2])
  func whatIsPutTogetherIsFound(growth: Double) {
    var random = SeededGenerator(seed: 2)
    var table = ShardedTable()
    var truth: [UInt64: UInt32] = [:]
    var keys: [UInt64] = []
    for round in 0..<4 {
      var entries: [[UInt64]] = Array(repeating: [], count: ShardedTable.shardCount)
      // Half of them come a second time, in the same round or in a later one.
      for value in 1...8_000 as ClosedRange<UInt32> {
        let old = keys.isEmpty || random.next() % 2 == 0 ? nil : keys.randomElement(using: &random)
        let key = old ?? ShardedTable.key(random.next())
        keys.append(key)
        truth[key] = truth[key].map { $0 &* 3 &+ value } ?? value
        let (shard, entry) = table.entry(key, value)
        entries[shard].append(entry)
      }
      for (shard, entries) in entries.enumerated() {
        entries.withUnsafeBufferPointer {
          table.put(
            $0, inShard: shard, growth: growth, touch: { $0 }, joined: { $0 &* 3 &+ $1 })
        }
      }
      table.checkInvariants()
      #expect(table.count == truth.count, "round \(round)")
    }
    #expect(truth.allSatisfy { table.value(of: $0.key) == $0.value })
    #expect((0..<1_000).allSatisfy { _ in table.value(of: ShardedTable.key(random.next())) == nil })
  }

  @Test func anEmptyTableHasNothing() {
    var value: UInt32 = 1
    ShardedTable().readValues(of: [7], into: &value)
    #expect(value == 0)
  }

  private func table(of keys: [UInt64], secret: UInt64) -> ShardedTable {
    var table = ShardedTable(secret: secret)
    for (number, key) in keys.enumerated() {
      let place = table.place(for: key)
      if table.value(at: place) == nil { table.fill(place, UInt32(number + 1)) }
    }
    return table
  }

  @Test(arguments: [0, 1, 77, UInt64.max])
  func whatIsPutInIsFound(secret: UInt64) {
    var random = SeededGenerator(seed: 5)
    let keys = (0..<50_000).map { _ in ShardedTable.key(random.next()) }
    let table = table(of: keys, secret: secret)
    table.checkInvariants()
    #expect(table.count == Set(keys).count)
    #expect(keys.allSatisfy { table.value(of: $0) != nil })
  }

  /// Keys that somebody chose to fall into one place of one shard, whatever their number: those
  /// next to each other there, and those that differ in one group of bits only.
  @Test(arguments: [0, 8, 14, 20, 24])
  func chosenKeysDoNotMakeSearchesLong(shift: UInt64) {
    let keys = (0..<60_000).map { (UInt64($0) << shift | 0x5A) & (1 << 40 - 1) }
    let distinct = Set(keys).count
    for secret in [3, 0xDEAD_BEEF_0BAD_CAFE, 0x0123_4567_89AB_CDEF] as [UInt64] {
      let table = table(of: keys, secret: secret)
      #expect(table.count == distinct)
      // Of random keys at 13/16 full, the longest searches are of some hundred slots.
      #expect(table.longestSearch < 1_000)
    }
  }
}
