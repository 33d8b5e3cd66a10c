// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link
import Testing

@Suite("COPY's text")
struct CopyTextTests {
  @Test("fields are parted, escaped and ended as COPY wants them")
  func fields() {
    var text = CopyText()
    text.append(7)
    text.append(text: "a\tb\\c\nd\u{0}")
    text.append(text: nil)
    text.append(bytes: [0, 0xAB])
    text.append(list: [1, 22])
    text.append(list: [])
    text.append(measure: 0.25)
    text.append(time: 1_000_001)
    text.endRow()
    text.append(UInt32?.none)
    text.endRow()
    let wanted =
      "7\ta\\tb\\\\c\\nd\u{FFFD}\t\\N\t\\\\x00ab\t{1,22}\t\\N\t0.25\t"
      + "1970-01-01T00:00:01.000001Z\n\\N\n"
    #expect(String(decoding: text.bytes, as: UTF8.self) == wanted)
  }
}
