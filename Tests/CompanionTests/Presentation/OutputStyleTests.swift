// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct OutputStyleTests {
  @Test func paint() {
    #expect(OutputStyle().paint("x", .bad) == "x")
    #expect(OutputStyle(isColoured: true).paint("x", .bad) == "\u{1B}[31mx\u{1B}[0m")
    #expect(OutputStyle(isColoured: true).paint("", .bad).isEmpty)
    #expect(OutputStyle(isColoured: true).paint("x", nil) == "x")
  }
}
