// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Rewrites text of other encodings as UTF-8.
enum TextTranscoder {
  /// Appends the UTF-8 of `bytes` to `output`; UTF-8 is copied as it is.
  ///
  /// Returns the offset of a NUL character, at which it stopped: then it is no text. Unpaired
  /// surrogates, half a code unit at the end and bytes without a meaning become U+FFFD.
  static func transcode(
    _ bytes: UnsafeRawBufferPointer, from encoding: TextEncoding,
    into output: inout ReusableBuffer<UInt8>
  ) -> Int? {
    switch encoding {
    case .utf8:
      output.reserve(bytes.count)
      for byte in bytes { output.appendReserved(byte) }
      return bytes.firstIndex(of: 0)
    case .utf16(let isBigEndian):
      return transcode(utf16: bytes, isBigEndian: isBigEndian, into: &output)
    case .windows1252:
      for (offset, byte) in bytes.enumerated() {
        if byte == 0 { return offset }
        append(scalar(windows1252: byte), to: &output)
      }
      return nil
    }
  }

  static func append(_ scalar: UInt32, to output: inout ReusableBuffer<UInt8>) {
    let (encoded, length) = UTF8Scalar.encoded(scalar)
    output.reserve(4)
    for index in 0..<length {
      output.appendReserved(UInt8(truncatingIfNeeded: encoded >> UInt64(8 * index)))
    }
  }

  private static func transcode(
    utf16 bytes: UnsafeRawBufferPointer, isBigEndian: Bool,
    into output: inout ReusableBuffer<UInt8>
  ) -> Int? {
    func unit(_ offset: Int) -> UInt32? {
      guard offset + 1 < bytes.count else { return nil }
      let pair = (UInt32(bytes[offset]), UInt32(bytes[offset + 1]))
      return isBigEndian ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0
    }
    var offset = 0
    while let first = unit(offset) {
      var scalar = first
      if first == 0 { return offset }
      if first & 0xFC00 == 0xD800, let second = unit(offset + 2), second & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + (first & 0x3FF) << 10 + second & 0x3FF
        offset += 2
      } else if first & 0xF800 == 0xD800 {
        scalar = 0xFFFD
      }
      append(scalar, to: &output)
      offset += 2
    }
    if offset < bytes.count { append(0xFFFD, to: &output) }
    return nil
  }

  /// The WHATWG table's upper controls; the five bytes that mean nothing are U+FFFD.
  private static let upperControls: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  static func scalar(windows1252 byte: UInt8) -> UInt32 {
    0x80...0x9F ~= byte ? UInt32(upperControls[Int(byte) - 0x80]) : UInt32(byte)
  }
}
