// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Systemd
import Testing

@Suite("Log bytes", .timeLimit(.minutes(10)))
struct LogBytesTests {
  @Test(
    "reads as text when it is, with escapes when it is not",
    arguments: [
      ([0x61, 0xC3, 0xA9], "aé"), ([0x61, 0xE9, 0x62], "a\\xE9b"), ([], ""),
      ([0xC3], "\\xC3"),
    ] as [([UInt8], String)])
  func description(bytes: [UInt8], text: String) {
    #expect(LogBytes(bytes).description == text)
  }
}
