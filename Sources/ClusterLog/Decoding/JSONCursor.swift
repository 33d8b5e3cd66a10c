// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Goes over JSON (RFC 8259) once, from front to back, and makes only what is asked for.
struct JSONCursor {
  /// Deeper nesting than this is refused rather than followed.
  private static let depthLimit = 16

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var malformed: LogLineError { .malformed(at: index - bytes.startIndex) }

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return index == bytes.endIndex
    }
  }

  // MARK: Structure

  /// Goes over an object; `body` takes the value of each key, all of it.
  mutating func forEachMember(
    _ body: (String, inout JSONCursor) throws(LogLineError) -> Void
  ) throws(LogLineError) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = String(decoding: try string(), as: UTF8.self)
      try expect(UInt8(ascii: ":"))
      try body(key, &self)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Goes over an array; `body` takes each element, all of it.
  mutating func forEachElement(
    _ body: (inout JSONCursor) throws(LogLineError) -> Void
  ) throws(LogLineError) {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return }
    repeat { try body(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  /// Passes over any value.
  mutating func skip() throws(LogLineError) { try skip(depth: 0) }

  private mutating func skip(depth: Int) throws(LogLineError) {
    guard depth < Self.depthLimit else { throw malformed }
    switch peek() {
    case UInt8(ascii: "{"):
      try forEachMember { _, cursor throws(LogLineError) in try cursor.skip(depth: depth + 1) }
    case UInt8(ascii: "["):
      try forEachElement { cursor throws(LogLineError) in try cursor.skip(depth: depth + 1) }
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: _ = try number()
    }
  }

  private mutating func word(_ text: StaticString) throws(LogLineError) {
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[index...].starts(with: expected) else { throw malformed }
    index += expected.count
  }

  // MARK: Scalars

  /// A string's bytes, escapes resolved.
  mutating func string() throws(LogLineError) -> [UInt8] {
    try expect(UInt8(ascii: "\""))
    var start = index
    var result: [UInt8] = []
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        result += bytes[start..<index]
        index += 1
        return result
      case UInt8(ascii: "\\"):
        result += bytes[start..<index]
        index += 1
        try escape(into: &result)
        start = index
      case 0..<0x20: throw malformed
      default: index += 1
      }
    }
    throw malformed
  }

  private mutating func escape(into result: inout [UInt8]) throws(LogLineError) {
    guard index < bytes.endIndex else { throw malformed }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "u"): result += Array(String(Character(try scalar())).utf8)
    default: throw malformed
    }
  }

  /// The character of four digits after `\u`, or of two such escapes that are a surrogate pair.
  private mutating func scalar() throws(LogLineError) -> Unicode.Scalar {
    let unit = try fourDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, takeExactly(UInt8(ascii: "\\")), takeExactly(UInt8(ascii: "u")) else {
      throw malformed
    }
    let low = try fourDigits()
    guard (0xDC00...0xDFFF).contains(low) else { throw malformed }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func fourDigits() throws(LogLineError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.endIndex, let digit = Self.hexadecimal(bytes[index]) else {
        throw malformed
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  mutating func number() throws(LogLineError) -> Double {
    skipSpace()
    let text = bytes[index...].prefix { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard let value = Double(String(decoding: text, as: UTF8.self)) else { throw malformed }
    index = text.endIndex
    return value
  }

  /// A whole number that is not negative and has no exponent.
  mutating func integer() throws(LogLineError) -> UInt64 {
    skipSpace()
    let start = index
    var value: UInt64 = 0
    while index < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
      let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeNow) = shifted.addingReportingOverflow(
        UInt64(bytes[index] - UInt8(ascii: "0")))
      guard !isTooLarge, !isTooLargeNow else { throw malformed }
      value = sum
      index += 1
    }
    guard index > start else { throw malformed }
    return value
  }

  // MARK: Bytes

  private mutating func skipSpace() {
    while index < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func peek() -> UInt8? {
    skipSpace()
    return index < bytes.endIndex ? bytes[index] : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    return takeExactly(byte)
  }

  private mutating func takeExactly(_ byte: UInt8) -> Bool {
    guard index < bytes.endIndex, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(LogLineError) {
    guard take(byte) else { throw malformed }
  }
}
