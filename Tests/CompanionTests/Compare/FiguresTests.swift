// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct FiguresTests {
  @Test(
    arguments: [
      (0, "0.000"), (1, "1.000"), (0.5, "0.500"), (0.99999, "0.999"), (0.00001, "0.001"),
      (0.0456, "0.046"),
    ] as [(Double, String)])
  func shares(_ value: Double, _ text: String) { #expect(Figures.share(value) == text) }
}
