// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One character of a file name: a UTF-8 scalar, or a single byte where there is none.
struct GlobCharacter {
  /// The scalar's number; for a byte that is not UTF-8 a number no scalar has.
  package let value: UInt32
  package let width: Int

  package init(in bytes: [UInt8], at position: Int) {
    let first = bytes[position]
    if first < 0x80 {
      (value, width) = (UInt32(first), 1)
      return
    }
    let width = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let end = min(position + width, bytes.count)
    if let text = String(validating: bytes[position..<end], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      self.value = scalar.value
      self.width = width
    } else {
      // In the range of surrogates, as Python's surrogateescape has it.
      self.value = 0xDC00 + UInt32(first)
      self.width = 1
    }
  }
}
