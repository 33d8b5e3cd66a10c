// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Times as documents write them: ISO 8601 with and without separators, and as mail has them (RFC
/// 5322).
enum PublishedTime {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// RFC 3339 in UTC to the second, or the day where no time is given; nil for what is no time.
  static func normalized(_ text: String) -> String? {
    let bytes = Array(text.utf8.prefix(64))
    return iso(bytes) ?? mail(bytes)
  }

  private static func iso(_ bytes: [UInt8]) -> String? {
    var cursor = ByteCursor(bytes)
    cursor.skipSpace()
    guard let year = number(&cursor, digits: 4) else { return nil }
    let separated = cursor.peek == UInt8(ascii: "-") || cursor.peek == UInt8(ascii: "/")
    if separated { cursor.position += 1 }
    guard let month = number(&cursor, digits: 2) else { return nil }
    if separated {
      guard cursor.peek == UInt8(ascii: "-") || cursor.peek == UInt8(ascii: "/") else { return nil }
      cursor.position += 1
    }
    guard let day = number(&cursor, digits: 2), isDay(year, month, day) else { return nil }
    guard let mark = cursor.peek, mark | 0x20 == UInt8(ascii: "t") || mark == 0x20 else {
      return cursor.isAtEnd ? date(year, month, day) : nil
    }
    cursor.position += 1
    guard let clock = clock(&cursor) else { return date(year, month, day) }
    return moment(year, month, day, clock, offset: offset(&cursor))
  }

  /// "Sun, 29 Nov 2026 11:31:00 +0000", the day of the week and the seconds left out at will.
  private static func mail(_ bytes: [UInt8]) -> String? {
    var cursor = ByteCursor(bytes)
    cursor.skipSpace()
    if let comma = bytes.firstIndex(of: UInt8(ascii: ",")) { cursor.position = comma + 1 }
    cursor.skipSpace()
    guard let day = number(&cursor, digits: 2) ?? number(&cursor, digits: 1) else { return nil }
    skipSeparators(&cursor)
    let start = cursor.position
    while let byte = cursor.peek, ByteCursor.isLetter(byte) { cursor.position += 1 }
    let name = String(decoding: bytes[start..<cursor.position].prefix(3), as: UTF8.self)
    guard let month = months.firstIndex(of: name.lowercased()).map({ $0 + 1 }) else { return nil }
    skipSeparators(&cursor)
    guard let year = number(&cursor, digits: 4), isDay(year, month, day) else { return nil }
    skipSeparators(&cursor)
    guard let clock = clock(&cursor) else { return date(year, month, day) }
    return moment(year, month, day, clock, offset: offset(&cursor))
  }

  private static func skipSeparators(_ cursor: inout ByteCursor) {
    while let byte = cursor.peek, byte == 0x20 || byte == UInt8(ascii: "-") || byte == 0x09 {
      cursor.position += 1
    }
  }

  private static func number(_ cursor: inout ByteCursor, digits: Int) -> Int? {
    var number = 0
    for place in 0..<digits {
      guard let byte = cursor.byte(at: cursor.position + place), 0x30...0x39 ~= byte else {
        return nil
      }
      number = number * 10 + Int(byte) - 0x30
    }
    cursor.position += digits
    return number
  }

  /// Seconds of the day.
  private static func clock(_ cursor: inout ByteCursor) -> Int? {
    guard let hour = number(&cursor, digits: 2), hour < 24 else { return nil }
    if cursor.peek == UInt8(ascii: ":") { cursor.position += 1 }
    guard let minute = number(&cursor, digits: 2), minute < 60 else { return nil }
    var seconds = 0
    if cursor.peek == UInt8(ascii: ":") || cursor.peek.map({ 0x30...0x39 ~= $0 }) ?? false {
      if cursor.peek == UInt8(ascii: ":") { cursor.position += 1 }
      seconds = number(&cursor, digits: 2) ?? 0
    }
    if cursor.peek == UInt8(ascii: ".") || cursor.peek == UInt8(ascii: ",") {
      cursor.position += 1
      while let byte = cursor.peek, 0x30...0x39 ~= byte { cursor.position += 1 }
    }
    return (hour * 60 + minute) * 60 + min(seconds, 59)
  }

  /// Seconds east of UTC; zero for what is not a number, as most names of zones are not told.
  private static func offset(_ cursor: inout ByteCursor) -> Int {
    cursor.skipSpace()
    guard let sign = cursor.peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return 0
    }
    cursor.position += 1
    guard let hours = number(&cursor, digits: 2) else { return 0 }
    if cursor.peek == UInt8(ascii: ":") { cursor.position += 1 }
    let minutes = number(&cursor, digits: 2) ?? 0
    let seconds = (hours * 60 + minutes) * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    1000...9999 ~= year && 1...12 ~= month && 1...length(ofMonth: month, year) ~= day
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    "\(year)-\(two(month))-\(two(day))"
  }

  private static func moment(
    _ year: Int, _ month: Int, _ day: Int, _ clock: Int, offset: Int
  ) -> String? {
    var (year, month, day, seconds) = (year, month, day, clock - offset)
    while seconds < 0 {
      seconds += 86_400
      day -= 1
      if day == 0 {
        month = month == 1 ? 12 : month - 1
        if month == 12 { year -= 1 }
        day = length(ofMonth: month, year)
      }
    }
    while seconds >= 86_400 {
      seconds -= 86_400
      day += 1
      if day > length(ofMonth: month, year) {
        (day, month) = (1, month == 12 ? 1 : month + 1)
        if month == 1 { year += 1 }
      }
    }
    guard 1000...9999 ~= year else { return nil }
    let (hour, minute) = (seconds / 3600, seconds / 60 % 60)
    return "\(date(year, month, day))T\(two(hour)):\(two(minute)):\(two(seconds % 60))Z"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
