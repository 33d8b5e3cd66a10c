// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What one code point turns into, packed into 32 bits.
///
/// Bits 0–2: `ScalarClass`. Bits 3–10: canonical combining class. Bits 11–31: the output scalar's
/// distance from the code point (modulo 2^21), so that runs of code points share their entry; for
/// an expansion bits 3–10 are its length and bits 11–31 its place in the pool.
struct UnicodeEntry: Equatable {
  var bits: UInt32

  init(bits: UInt32) {
    self.bits = bits
  }

  init(_ scalarClass: ScalarClass, combiningClass: UInt8 = 0, offset: Int32 = 0) {
    let distance = UInt32(bitPattern: offset) << 11
    bits = UInt32(scalarClass.rawValue) | UInt32(combiningClass) << 3 | distance
  }

  var scalarClass: ScalarClass {
    // All eight values of three bits are cases.
    ScalarClass(rawValue: UInt8(truncatingIfNeeded: bits & 7)) ?? .separator
  }

  var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 3) }

  var expansionLength: Int { Int(combiningClass) }
  var expansionStart: Int { Int(bits >> 11) }

  /// The output scalar for `point`.
  func scalar(of point: UInt32) -> UInt32 {
    (point &+ (bits >> 11)) & 0x1F_FFFF
  }
}
