// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// Short texts by the hundred thousand: each is like no other and quick to make.
enum Note {
  static func text(_ number: Int, words: Int = 12) -> [UInt8] {
    var generator = SeededGenerator(seed: UInt64(number))
    var text = ""
    for _ in 0..<words {
      text += String(generator.next(), radix: 36)
      text += " "
    }
    return Array(text.utf8)
  }
}
