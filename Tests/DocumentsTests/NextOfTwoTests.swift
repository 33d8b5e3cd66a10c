// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct NextOfTwoTests {
  /// All places, one after the other, as a reader finds them.
  private func places(_ text: String) -> [Int] {
    let bytes = Array(text.utf8)
    var next = NextOfTwo(far: UInt8(ascii: "<"), near: UInt8(ascii: "&"))
    var found: [Int] = []
    var start = 0
    while start <= bytes.count {
      found.append(next.place(in: bytes, from: start))
      start = (found.last ?? bytes.count) + 1
    }
    return found
  }

  @Test(
    "each of both is found, in order, and then the end",
    arguments: [
      ("", [0]), ("text", [4]), ("a<b", [1, 3]), ("a&b", [1, 3]), ("<", [0, 1]),
      ("a&b&c<d<&", [1, 3, 5, 7, 8, 9]), ("&<&<", [0, 1, 2, 3, 4]),
    ])
  func inOrder(_ text: String, _ expected: [Int]) { #expect(places(text) == expected) }

  @Test("what a reader has gone past, such as one within the other, is not found again")
  func passed() {
    let bytes = Array(#"a\"b"c"#.utf8)
    var next = NextOfTwo(far: UInt8(ascii: "\""), near: UInt8(ascii: "\\"))
    #expect(next.place(in: bytes, from: 0) == 1)
    #expect(next.place(in: bytes, from: 3) == 4)
    #expect(next.place(in: bytes, from: 9) == bytes.count)
  }
}
