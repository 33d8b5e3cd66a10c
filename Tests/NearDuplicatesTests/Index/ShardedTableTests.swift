// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ShardedTableTests {
  @Test func manyKeysAtOnceHaveTheValuesThatEachHas() {
    var random = SplitMix(seed: 1)
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

  @Test func anEmptyTableHasNothing() {
    var value: UInt32 = 1
    ShardedTable().readValues(of: [7], into: &value)
    #expect(value == 0)
  }
}
