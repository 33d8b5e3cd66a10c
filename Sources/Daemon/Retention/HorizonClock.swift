// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The time by which documents grow old: that of the records, without what a clock only passes
/// through.
///
/// It never goes back, and follows the records' time at once as long as that goes on by no more
/// than a day. When the records are further ahead, the clock may have been set wrong: their time is
/// believed when records a day later still say so. A clock that jumps forward by a year and comes
/// back within a day moves nothing; after a week in which nothing came, what is next to come is
/// believed a day later. What it says depends on the times of the records alone.
struct HorizonClock: Sendable, Equatable {
  /// Microseconds.
  static let trust: Int64 = 86_400_000_000

  /// Microseconds since the epoch; nil before the first record.
  private(set) var time: Int64?
  /// Since when the records are further ahead; 0 when they are not.
  private(set) var candidate: Int64

  /// - Parameters:
  ///   - time: of the last document; nil when there is none.
  ///   - candidate: what `candidate` was then.
  init(time: Int64? = nil, candidate: Int64 = 0) {
    self.time = time
    self.candidate = candidate
  }

  /// A document had counted from this time.
  mutating func restore(_ time: Int64) { self.time = max(self.time ?? time, time) }

  /// A document was recorded; answers the time that it counts from.
  mutating func advance(to recorded: Int64) -> Int64 {
    guard let now = time else {
      time = recorded
      return recorded
    }
    if Self.isNear(recorded, now) {
      candidate = 0
      time = max(now, recorded)
    } else if candidate == 0 || recorded < candidate {
      candidate = recorded
    } else if !Self.isNear(recorded, candidate) {
      // A day later it still says so: it was right then.
      time = candidate
      candidate = recorded
    } else if recorded &- candidate == Self.trust {
      time = recorded
      candidate = 0
    }
    return time ?? recorded
  }

  /// Whether a time is no more than a day ahead of another one, or behind it.
  private static func isNear(_ recorded: Int64, _ time: Int64) -> Bool {
    let (ahead, overflow) = recorded.subtractingReportingOverflow(time)
    return overflow ? recorded < time : ahead <= trust
  }
}
