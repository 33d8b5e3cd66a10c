// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct Base64Tests {
  @Test("what was encoded comes back", arguments: 0..<70)
  func inverse(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 200) }
    var text: [UInt8] = []
    text.append(base64: bytes)
    #expect(Base64.decode(text) == bytes)
  }

  @Test("what is not base64 is refused", arguments: ["A", "AA", "AAA", "A===", "AA=A", "AA-A"])
  func refusals(_ text: String) { #expect(Base64.decode(Array(text.utf8)) == nil) }
}
