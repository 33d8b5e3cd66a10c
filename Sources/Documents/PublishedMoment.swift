// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// When a document says that it was published, as a moment.
package struct PublishedMoment: Sendable, Equatable {
  private static let (day, hour): (Int64, Int64) = (86_400_000_000, 3_600_000_000)
  /// Clocks are wrong, and a day may have begun elsewhere.
  private static let mostAhead = day
  /// Older than newspapers are, nothing was published that anybody drops.
  private static let earliest = moment(year: 1600, month: 1, day: 1)
  /// What programs write that have no time: the zeros of clocks, in any zone.
  private static let zeros = [1900, 1904, 1970, 1980].map { moment(year: $0, month: 1, day: 1) }
  private static let zones = 14 * hour

  /// Microseconds since the epoch; of a document that names only the day, its noon.
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// - Parameter text: As `DocumentDescription.published` has it; nil for anything else.
  package init?(_ text: String) {
    guard let normalized = PublishedTime.normalized(text) else { return nil }
    let numbers = normalized.split { !$0.isNumber }.compactMap { Int64($0) }
    guard numbers.count == 3 || numbers.count == 6 else { return nil }
    let midnight = Self.moment(year: numbers[0], month: numbers[1], day: numbers[2])
    microseconds =
      numbers.count == 3
      ? midnight + Self.day / 2
      : midnight + numbers[3] * Self.hour + (numbers[4] * 60 + numbers[5]) * 1_000_000
  }

  /// Whether a document that arrived then can have been published at this moment: not later, and
  /// not when no newspaper was, and not when clocks begin.
  package func isPlausible(arrived: Int64) -> Bool {
    microseconds >= Self.earliest && microseconds - Self.mostAhead <= arrived
      && !Self.zeros.contains { abs(microseconds - $0) <= Self.zones }
  }

  /// Midnight, by the proleptic Gregorian calendar; from Hinnant's days_from_civil.
  private static func moment(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * Self.day
  }
}
