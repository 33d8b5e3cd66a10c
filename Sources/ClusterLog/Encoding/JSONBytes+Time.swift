// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension [UInt8] {
  /// Appends RFC 3339 in UTC with six decimals, from microseconds since 1970-01-01T00:00:00Z.
  ///
  /// The date is Howard Hinnant's `civil_from_days` ("chrono-Compatible Low-Level Date
  /// Algorithms"): exact for the years 0 to 9999, with no tables, no time zone, no Foundation.
  package mutating func append(time microseconds: Int64) {
    let day: Int64 = 86_400_000_000
    var days = microseconds / day
    var rest = microseconds % day
    if rest < 0 {
      rest += day
      days -= 1
    }
    append(date: days)
    append(UInt8(ascii: "T"))
    append(digits: Int(rest / 3_600_000_000), width: 2)
    append(UInt8(ascii: ":"))
    append(digits: Int(rest / 60_000_000 % 60), width: 2)
    append(UInt8(ascii: ":"))
    append(digits: Int(rest / 1_000_000 % 60), width: 2)
    append(UInt8(ascii: "."))
    append(digits: Int(rest % 1_000_000), width: 6)
    append(UInt8(ascii: "Z"))
  }

  private mutating func append(date daysSinceEpoch: Int64) {
    // Years begin on 1 March here, so that the leap day is a year's last.
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    append(digits: Int(year), width: 4)
    append(UInt8(ascii: "-"))
    append(digits: Int(month), width: 2)
    append(UInt8(ascii: "-"))
    append(digits: Int(day), width: 2)
  }
}
