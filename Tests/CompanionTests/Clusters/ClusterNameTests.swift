// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ClusterNameTests {
  @Test(
    arguments: [
      ("c12", 12), ("12", 12), ("s12", nil), ("c0", nil), ("c", nil), ("c-1", nil), ("", nil),
      ("c4294967296", nil),
    ] as [(String, UInt32?)])
  func numbers(_ text: String, _ number: UInt32?) {
    #expect(ClusterName.number(text) == number)
    #expect(
      ClusterName.number(text.replacing("c", with: "s"), letter: "s")
        == (text == "s12" ? 12 : number))
  }
}
