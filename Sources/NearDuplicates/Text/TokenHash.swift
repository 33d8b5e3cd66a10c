// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The 32-bit hash of a token: a function of its normalised code points in UTF-8.
///
/// Sixteen bytes at a time are folded by a 64 × 64 → 128 bit product, as in wyhash (Wang Yi, 2019).
/// A token of up to eight bytes enters shifted to the top, one of up to sixteen as two words that
/// overlap, so that short words need no branch. Part of `FingerprintScheme`.
enum TokenHash {
  // Neither constant can equal eight bytes of a token, which are valid UTF-8 without controls, so
  // no token makes a factor of the product zero.
  static let firstKey: UInt64 = 0x9E37_79B9_7F4A_7C15
  static let secondKey: UInt64 = 0xD6E8_FEB8_6659_FD93
  static let lastKey: UInt64 = 0xA076_1D64_78BD_642F

  /// Or-ing this into ASCII letters and digits folds the case of letters and leaves digits alone.
  static let asciiFolding: UInt64 = 0x2020_2020_2020_2020

  @inline(__always)
  static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  @inline(__always)
  static func load(_ pointer: UnsafeRawPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: pointer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  private static func finished(_ first: UInt64, _ second: UInt64, length: Int) -> UInt32 {
    let mixed = folded(first ^ firstKey, second ^ secondKey ^ UInt64(truncatingIfNeeded: length))
    return UInt32(truncatingIfNeeded: (mixed &* lastKey) >> 32)
  }

  /// The hash of the `count` > 0 bytes at `pointer`, of which at least eight must be readable.
  ///
  /// - Parameter folding: is or-ed into each eight bytes; zero for text that is already folded.
  @inline(__always)
  static func hash(_ pointer: UnsafeRawPointer, count: Int, folding: UInt64) -> UInt32 {
    if count > 16 { return long(pointer, count: count, folding: folding) }
    let shift = UInt64(truncatingIfNeeded: (8 &- min(count, 8)) &* 8)
    let first = (load(pointer, 0) | folding) &<< shift
    let second = (load(pointer, max(count, 8) &- 8) | folding) &<< shift
    return finished(first, second, length: count)
  }

  @inline(never)
  private static func long(_ pointer: UnsafeRawPointer, count: Int, folding: UInt64) -> UInt32 {
    long(pointer, count: count, folding: folding, state: 0, absorbed: 0)
  }

  /// Folds the sixteen bytes at `pointer`, which more bytes of the token follow, into `state`.
  @inline(__always)
  static func absorb(_ pointer: UnsafeRawPointer, folding: UInt64, into state: UInt64) -> UInt64 {
    folded(
      (load(pointer, 0) | folding) ^ firstKey ^ state,
      (load(pointer, 8) | folding) ^ (secondKey &+ state))
  }

  /// The hash of a token whose first `absorbed` bytes are in `state` already; `count` > 16.
  static func long(
    _ pointer: UnsafeRawPointer, count: Int, folding: UInt64, state: UInt64, absorbed: Int
  ) -> UInt32 {
    var state = state
    var offset = 0
    while count &- offset > 16 {
      state = absorb(pointer + offset, folding: folding, into: state)
      offset &+= 16
    }
    return finished(
      (load(pointer, count &- 16) | folding) ^ state, load(pointer, count &- 8) | folding,
      length: absorbed &+ count)
  }
}
