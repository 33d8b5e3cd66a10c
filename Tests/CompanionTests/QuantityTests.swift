// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct QuantityTests {
  @Test(
    arguments: [
      (0, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 h 0 min"),
      (172_799, "47 h 59 min"), (172_800, "2 d 0 h"),
    ] as [(Double, String)])
  func time(_ seconds: Double, _ text: String) { #expect(Quantity.time(seconds) == text) }

  @Test(
    arguments: [
      (0.00012, "0.1 ms"), (0.0094, "9.4 ms"), (0.015, "15 ms"), (1.24, "1.2 s"), (300, "5 min"),
    ] as [(Double, String)])
  func duration(_ seconds: Double, _ text: String) {
    #expect(Quantity.duration(seconds) == text)
  }

  @Test(arguments: [(0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (1 << 30, "1.0 GiB")])
  func bytes(_ count: Int, _ text: String) { #expect(Quantity.bytes(count) == text) }

  @Test(arguments: [(0, "0/s"), (0.25, "0.3/s"), (310.4, "310/s")] as [(Double, String)])
  func rate(_ perSecond: Double, _ text: String) { #expect(Quantity.rate(perSecond) == text) }
}
