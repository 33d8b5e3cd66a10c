// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Writing JSON (RFC 8259) at the end of a byte array: no intermediate strings, no Foundation.
extension [UInt8] {
  /// Appends text that needs no escaping, as it is.
  package mutating func append(plain text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends an integer in decimal.
  package mutating func append(decimal value: UInt64) {
    var digits: InlineArray<20, UInt8> = .init(repeating: 0)
    var rest = value
    var first = 20
    repeat {
      first -= 1
      digits[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    for index in first..<20 {
      append(digits[index])
    }
  }

  /// Appends the last `width` decimal digits of a number, with leading zeros.
  mutating func append(digits value: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: rest / divisor % 10))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Appends a measure with exactly four decimals and no exponent, so that equal runs print alike.
  ///
  /// JSON has no infinity; a value that is not finite or is out of reach is a defect upstream and
  /// is written as 0 rather than breaking the line for every reader.
  package mutating func append(measure value: Double) {
    let scaled = (value * 10_000).rounded()
    guard scaled.isFinite, abs(scaled) < 1e15 else { return append(plain: "0.0000") }
    if scaled < 0 { append(UInt8(ascii: "-")) }
    let units = UInt64(abs(scaled))
    append(decimal: units / 10_000)
    append(UInt8(ascii: "."))
    append(digits: Int(units % 10_000), width: 4)
  }

  /// Appends bytes as lower-case hexadecimal.
  package mutating func append(hexadecimal bytes: [UInt8]) {
    for byte in bytes {
      append(Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 15))
    }
  }

  /// Appends bytes as base64 with padding (RFC 4648, section 4).
  package mutating func append(base64 bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      var group = UInt32(bytes[index]) << 16
      if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[index + 2]) }
      append(Self.base64Digit(group >> 18))
      append(Self.base64Digit(group >> 12))
      append(left > 1 ? Self.base64Digit(group >> 6) : UInt8(ascii: "="))
      append(left > 2 ? Self.base64Digit(group) : UInt8(ascii: "="))
      index += 3
    }
  }

  static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x57 + value
  }

  private static func base64Digit(_ value: UInt32) -> UInt8 {
    let digit = UInt8(truncatingIfNeeded: value & 63)
    switch digit {
    case 0..<26: return UInt8(ascii: "A") + digit
    case 26..<52: return UInt8(ascii: "a") + (digit - 26)
    case 52..<62: return UInt8(ascii: "0") + (digit - 52)
    case 62: return UInt8(ascii: "+")
    default: return UInt8(ascii: "/")
    }
  }
}
