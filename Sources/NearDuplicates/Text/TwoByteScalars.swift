// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A short cut through the Unicode table for U+0080 to U+07FF: Latin, Greek, Cyrillic, Hebrew …
///
/// For letters and digits that stay one or become a letter with marks, of at most four bytes, the
/// UTF-8 of what is hashed is ready; everything else is zero and takes the long way.
struct TwoByteScalars: Sendable {
  static let shared = TwoByteScalars(table: .shared)
  static let first: UInt32 = 0x80

  /// Bits 0–31: the bytes. 32–39: how many. 40–47: combining class of the last scalar. 48–55: the
  /// class of the letter or digit. 56: whether it is a capital.
  let entries: [UInt64]

  private init(table: UnicodeTable) {
    entries = (TwoByteScalars.first..<0x800).map { point in
      let output = table.output(of: point)
      guard let first = output.first, [.letter, .digit].contains(first.0),
        output.dropFirst().allSatisfy({ $0.0 == .mark })
      else { return 0 }
      var bytes: UInt64 = 0
      var length = 0
      for (_, _, scalar) in output {
        let encoded = UTF8Scalar.encoded(scalar)
        guard length + encoded.length <= 4 else { return 0 }
        bytes |= encoded.bytes << UInt64(8 * length)
        length += encoded.length
      }
      let combiningClass = UInt64(output[output.count - 1].1)
      return bytes | UInt64(length) << 32 | combiningClass << 40
        | UInt64(first.0.rawValue) << 48 | (Sentences.isCapital(point) ? 1 << 56 : 0)
    }
  }
}
