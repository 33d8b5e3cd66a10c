// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct ByteSearchTests {
  @Test(
    "it finds what a plain search finds",
    arguments: ["", "a", "aab", "xaab", "aaab", "aaaab", "ab", "aabaab", "aaa"])
  func agreement(_ text: String) {
    let bytes = Array("__\(text)".utf8).dropFirst(2)
    let needle = Array("aab".utf8)
    let expected = bytes.indices.first { bytes[$0...].starts(with: needle) }
    #expect(ByteSearch.end(of: "aab", in: bytes) == expected.map { $0 + 3 })
    #expect(ByteSearch.contains(needle, in: bytes) == (expected != nil))
  }
}
