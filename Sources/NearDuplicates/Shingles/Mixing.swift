// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Spreads the bits of numbers that are not spread yet.
enum Mixing {
  /// A bijection of 64-bit numbers (xor-shift-multiply, twice).
  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed &>> 32) &* 0xD6E8_FEB8_6659_FD93
    mixed = (mixed ^ mixed &>> 32) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ mixed &>> 32
  }

  /// The hash of a sequence of tokens as a whole.
  static func hash(_ tokens: [UInt32]) -> UInt64 {
    tokens.reduce(0x243F_6A88_85A3_08D3) { hash, token in
      mix(hash ^ UInt64(token)) &+ 0x9E37_79B9_7F4A_7C15
    }
  }
}
