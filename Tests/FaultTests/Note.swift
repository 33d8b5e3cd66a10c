// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// Short texts by the hundred thousand: each is like no other and quick to make.
enum Note {
  static func text(_ number: Int, words: Int = 24) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(number))
    var text: [UInt8] = []
    text.reserveCapacity(words * 9)
    for _ in 0..<words {
      var bits = generator.next()
      for _ in 0..<8 {
        text.append(UInt8(ascii: "a") + UInt8(truncatingIfNeeded: bits % 26))
        bits /= 26
      }
      text.append(UInt8(ascii: " "))
    }
    return text
  }
}
