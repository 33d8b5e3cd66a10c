// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Tells sentences from values: names, numbers, addresses, dates.
enum Prose {
  private static let longestTitleLine = 400

  /// How much of a text is letters.
  static func letterBytes(_ text: some Sequence<UInt8>) -> Int {
    text.reduce(0) { $1 >= 0x80 || ByteCursor.isLetter($1) ? $0 + 1 : $0 }
  }

  /// Whether a string is several words of a language, or as much of a script without spaces.
  static func isIn(_ text: some Sequence<UInt8>, words wanted: Int = 4) -> Bool {
    var words = 0
    var letters = 0
    var upper = 0
    for byte in text {
      if ByteCursor.isLetter(byte) || byte >= 0x80 {
        letters += 1
        if byte >= 0x80 { upper += 1 }
      } else if ByteCursor.isSpace(byte) {
        if letters > 0 { words += 1 }
        letters = 0
      } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") || 0x30...0x39 ~= byte {
        // What has them is mostly no word.
        letters = 0
      }
      if words >= wanted { return true }
    }
    if letters > 0, words + 1 >= wanted { return true }
    return upper >= wanted * 9
  }

  /// The first line that is one, of a text without other title.
  static func title(_ text: UnsafeRawBufferPointer) -> String? {
    var start = 0
    let limit = min(text.count, 4096)
    while start < limit {
      var end = start
      while end < limit, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
      let line = text[start..<min(end, start + longestTitleLine)]
      if isIn(line, words: 3) { return String(decoding: line, as: UTF8.self) }
      start = end + 1
    }
    return nil
  }
}
