// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Reads integers of seven bits a byte, least significant first; past the end they are zero.
struct VariableIntegerReader {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func nextByte() -> UInt8 {
    guard position < bytes.count else { return 0 }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func next() -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while true {
      let byte = nextByte()
      value |= UInt32(byte & 0x7F) << shift
      guard byte >= 0x80 else { return value }
      shift += 7
    }
  }

  /// The zigzag form: 0, −1, 1, −2, 2 …
  mutating func nextSigned() -> Int32 {
    let value = next()
    return Int32(bitPattern: value >> 1) ^ -Int32(bitPattern: value & 1)
  }
}
