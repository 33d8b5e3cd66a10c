// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How the bytes of a mail's part are written (RFC 2045, section 6).
enum TransferEncoding {
  case none
  case quotedPrintable
  case base64

  init(_ name: String?) {
    switch name {
    case "quoted-printable": self = .quotedPrintable
    case "base64": self = .base64
    default: self = .none
    }
  }

  /// What is malformed stays as it is, or is left out of base64.
  func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .none: Array(bytes)
    case .quotedPrintable: Self.quotedPrintable(bytes, isWord: false)
    case .base64: Self.base64(bytes)
    }
  }

  /// - Parameter isWord: In a header, where "_" is a space.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>, isWord: Bool) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      if !isWord {
        // What needs no decoding is copied as a whole.
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "=")) ?? bytes.endIndex
        output += bytes[place..<end]
        place = end
        if place == bytes.endIndex { break }
      }
      let byte = bytes[place]
      place += 1
      if isWord, byte == UInt8(ascii: "_") {
        output.append(0x20)
        continue
      }
      guard byte == UInt8(ascii: "=") else {
        output.append(byte)
        continue
      }
      let rest = bytes[place...]
      if let high = rest.first.flatMap(ByteCursor.digit),
        let low = rest.dropFirst().first.flatMap(ByteCursor.digit)
      {
        output.append(UInt8(high << 4 | low))
        place += 2
        continue
      }
      // A soft line break; spaces before it are not meant.
      let spaces = rest.prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if spaces.endIndex == bytes.endIndex || bytes[spaces.endIndex] == 0x0A {
        place = min(bytes.endIndex, spaces.endIndex + 1)
      } else {
        output.append(byte)
      }
    }
    return output
  }

  static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 3 / 4)
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      let digit = values[Int(byte)]
      if digit == notADigit { continue }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return output
  }

  private static let notADigit = UInt8.max
  private static let values = (UInt8.min...UInt8.max).map {
    value($0).map { UInt8($0) } ?? notADigit
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 0x41
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 0x61 + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30 + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
