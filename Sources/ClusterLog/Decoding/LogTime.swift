// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Times as the log has them: RFC 3339, UTC, from microseconds since 1970-01-01T00:00:00Z.
package enum LogTime {
  /// "2026-11-21T21:25:00.000123Z"
  package static func text(_ microseconds: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.append(time: microseconds)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The microseconds of a date (midnight), or of a date and a time with up to six decimals.
  ///
  /// Between them is a "T" or a space; a "Z" at the end is optional, since all is UTC. Nil for
  /// anything else, and for dates that do not exist.
  package static func parse(_ text: some Sequence<UInt8>) -> Int64? {
    var reader = Reader(rest: Array(text)[...])
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), isDate(year, month, day)
    else { return nil }
    let midnight = days(year, month, day) * 86_400_000_000
    if reader.isAtEnd { return midnight }
    guard reader.take("T") || reader.take(" "), let time = reader.time() else { return nil }
    _ = reader.take("Z")
    return reader.isAtEnd ? midnight + time : nil
  }

  private static func isDate(_ year: Int64, _ month: Int64, _ day: Int64) -> Bool {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...lengths[Int(month) - 1]).contains(day)
  }

  /// Howard Hinnant's `days_from_civil`; the other way is beside the encoder.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Character) -> Bool {
      guard let byte = rest.first, byte == character.asciiValue else { return false }
      rest = rest.dropFirst()
      return true
    }

    mutating func digits(_ count: Int) -> Int64? {
      let text = rest.prefix(count)
      guard text.count == count, text.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      rest = rest.dropFirst(count)
      return text.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// "21:25", "21:25:00" or "21:25:00.000123", in microseconds.
    mutating func time() -> Int64? {
      guard let hour = digits(2), hour < 24, take(":"), let minute = digits(2), minute < 60 else {
        return nil
      }
      var microseconds = (hour * 60 + minute) * 60_000_000
      guard take(":") else { return microseconds }
      guard let second = digits(2), second <= 60 else { return nil }
      microseconds += second * 1_000_000
      guard take(".") else { return microseconds }
      let decimals = rest.prefix { (0x30...0x39).contains($0) }.count
      guard (1...6).contains(decimals), let fraction = digits(decimals) else { return nil }
      return microseconds + (decimals..<6).reduce(fraction) { value, _ in value * 10 }
    }
  }
}
