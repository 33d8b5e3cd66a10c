// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The 64-bit hash of consecutive tokens, in their order. Part of `FingerprintScheme`.
package enum ShingleHash {
  private static let firstKey: UInt64 = 0x8EBC_6AF0_9C88_C6E3
  private static let secondKey: UInt64 = 0x5899_65CC_7537_4CC3
  private static let lastKey: UInt64 = 0x1D8E_4E27_C47D_124F

  /// Three tokens, as the sketch uses them.
  @inline(__always)
  static func hash(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt64 {
    finished(pair(first, second), UInt64(third) | 3 &<< 32)
  }

  /// `count` > 0 tokens at `tokens`.
  @inline(__always)
  static func hash(_ tokens: UnsafePointer<UInt32>, count: Int) -> UInt64 {
    switch count {
    case 1: finished(UInt64(tokens[0]), 1 &<< 32)
    case 2: finished(pair(tokens[0], tokens[1]), 2 &<< 32)
    case 3: hash(tokens[0], tokens[1], tokens[2])
    default: chained(tokens, count: count)
    }
  }

  private static func chained(_ tokens: UnsafePointer<UInt32>, count: Int) -> UInt64 {
    var state = hash(tokens[0], tokens[1], tokens[2])
    for index in 3..<count {
      state = finished(state, UInt64(tokens[index]) | UInt64(index + 1) << 32)
    }
    return state
  }

  @inline(__always)
  private static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) | UInt64(second) &<< 32
  }

  /// The sketch keeps the smallest hashes, so the high bits have to be as good as the low ones.
  @inline(__always)
  private static func finished(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let mixed = TokenHash.folded(left ^ firstKey, right ^ secondKey)
    return (mixed ^ mixed &>> 32) &* lastKey
  }
}
