// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization
import TestSupport
import Testing

extension Faults {
  /// Days of operation on which things go wrong at random: NEARDUPD_SEEDS=17 repeats one of them,
  /// NEARDUPD_SEEDS=50-99 lives through some.
  @Suite("Schedule", .privileged, .shiftedClock, .tool("gzip"))
  struct Schedule {
    private static let seeds: ClosedRange<Int> = {
      guard let text = getenv("NEARDUPD_SEEDS").map({ String(cString: $0) }) else {
        return 1...(Faults.isExtended ? 200 : 3)
      }
      let ends = text.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last else { return 1...1 }
      return first...last
    }()

    private static let days = Mutex((lived: 0, records: 0, expired: 0))

    @Test("a day of faults drawn from a seed", arguments: seeds)
    func day(seed: Int) throws {
      let found: RecordAudit
      let day = try ScheduledDay(seed: seed)
      do {
        found = try day.run()
      } catch {
        Issue.record("NEARDUPD_SEEDS=\(seed): \(error)")
        return
      }
      #expect(found.lost == [], "NEARDUPD_SEEDS=\(seed)")
      let all = Self.days.withLock { days in
        days.lived += 1
        days.records += day.parts.lines.count
        days.expired += found.expired
        return days
      }
      if all.lived == Self.seeds.count {
        Outcome("a day of faults drawn from a seed", rounds: all.lived).report(
          "\(all.lived * ScheduledDay.hours) h, \(all.records) records, \(all.expired) expired")
      }
    }
  }
}
