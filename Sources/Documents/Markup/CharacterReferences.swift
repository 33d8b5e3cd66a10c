// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Character references as HTML reads them (HTML Standard, 13.2.5.72), for XML as well.
///
/// No entity that a document declares is expanded: what a reference stands for has two scalars at
/// most.
struct CharacterReferences: Sendable {
  static let shared = CharacterReferences()

  private static let longestName = 31
  private static let longestNameWithoutSemicolon = 6

  private let scalars: [String: [UInt32]]
  private let needsNoSemicolon: Set<String>

  private init() {
    var scalars: [String: [UInt32]] = [:]
    var needsNoSemicolon: Set<String> = []
    for part in [Self.names, Self.moreNames] {
      for pair in part.description.split(separator: " ") {
        let sides = pair.split(separator: "=", maxSplits: 1)
        guard sides.count == 2 else { continue }
        var name = sides[0]
        if name.last == "!" {
          name.removeLast()
          needsNoSemicolon.insert(String(name))
        }
        scalars[String(name)] = sides[1].split(separator: "+").compactMap { UInt32($0, radix: 16) }
      }
    }
    self.scalars = scalars
    self.needsNoSemicolon = needsNoSemicolon
  }

  /// Reads the reference whose ampersand is at the cursor and appends what it stands for, or a
  /// space for an ampersand that begins none.
  func read(_ cursor: inout ByteCursor, into output: inout [UInt8]) {
    cursor.position += 1
    if cursor.peek == UInt8(ascii: "#") {
      readNumber(&cursor, into: &output)
      return
    }
    let start = cursor.position
    var end = start
    while end - start <= Self.longestName, let byte = cursor.byte(at: end),
      ByteCursor.isLetterOrDigit(byte)
    {
      end += 1
    }
    if cursor.byte(at: end) == UInt8(ascii: ";"),
      let found = scalars[String(decoding: cursor.bytes[start..<end], as: UTF8.self)]
    {
      cursor.position = end + 1
      for scalar in found { Self.append(scalar, to: &output) }
      return
    }
    // The old names stand for their character whatever follows.
    for length in (2...Self.longestNameWithoutSemicolon).reversed() where start + length <= end {
      let name = String(decoding: cursor.bytes[start..<start + length], as: UTF8.self)
      guard needsNoSemicolon.contains(name), let found = scalars[name] else { continue }
      cursor.position = start + length
      for scalar in found { Self.append(scalar, to: &output) }
      return
    }
    output.append(0x20)
  }

  private func readNumber(_ cursor: inout ByteCursor, into output: inout [UInt8]) {
    cursor.position += 1
    var radix: UInt32 = 10
    if let byte = cursor.peek, byte | 0x20 == UInt8(ascii: "x") {
      radix = 16
      cursor.position += 1
    }
    let start = cursor.position
    var scalar: UInt32 = 0
    while let byte = cursor.peek, let digit = ByteCursor.digit(byte), digit < radix {
      scalar = min(scalar * radix + digit, 0x110000)
      cursor.position += 1
    }
    guard cursor.position > start else {
      output.append(0x20)  // an ampersand and a number sign
      return
    }
    if cursor.peek == UInt8(ascii: ";") { cursor.position += 1 }
    switch scalar {
    case 0x80...0x9F: scalar = Self.upperControls[Int(scalar) - 0x80]
    case 0, 0xD800...0xDFFF, 0x110000...: scalar = 0xFFFD
    default: break
    }
    Self.append(scalar, to: &output)
  }

  /// Text with references in place of its letters, as some tools export it, without them.
  static func resolved(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var cursor = ByteCursor(text)
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "&") {
        shared.read(&cursor, into: &output)
      } else {
        output.append(byte)
        cursor.position += 1
      }
    }
    return output
  }

  static func append(_ scalar: UInt32, to output: inout [UInt8]) {
    if scalar < 0x80 { return output.append(UInt8(scalar)) }
    let scalar = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Windows-1252's, which is what numbers in this range mean (HTML Standard, 13.2.5.80).
  private static let upperControls: [UInt32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
