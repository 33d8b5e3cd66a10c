// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct WhiteSpaceTests {
  @Test(
    arguments: [
      ([], true), ([0x20, 0x0A], true), ([0xEF, 0xBB, 0xBF], true),
      ([0xC2, 0xA0], true), ([0xE3, 0x80, 0x80], true), ([0x2E], false), ([0xFF], false),
      ([0x20, 0x61], false),
    ] as [([UInt8], Bool)])
  func fillsOrNot(bytes: [UInt8], isWhite: Bool) {
    #expect(bytes.withUnsafeBytes(WhiteSpace.fills) == isWhite)
  }
}
