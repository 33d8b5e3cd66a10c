// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ByteSizeTextTests {
  @Test(arguments: [
    ("0", 0), ("0B", 0), ("1B", 1), ("16MiB", 16 << 20), ("16 MiB", 16 << 20), ("1.5GiB", 3 << 29),
    ("64kB", 64_000), ("2MB", 2_000_000), ("1TiB", 1 << 40), ("0.5kB", 500),
  ])
  func reads(text: String, bytes: Int) {
    #expect(ByteSizeText.parse(text) == bytes)
  }

  @Test(arguments: [
    "", "16", "16M", "16mib", "16 MiBs", "-1B", "0.5B", "1MiB 1kB", "9000000TiB", "MiB",
    "1e6B", "1,5MiB", "0x10B",
  ])
  func refuses(text: String) {
    #expect(ByteSizeText.parse(text) == nil)
  }

  @Test(arguments: [
    (0, "0"), (1, "1B"), (1000, "1kB"), (1024, "1KiB"), (16 << 20, "16MiB"), (1500, "1500B"),
    (2_000_000, "2MB"),
  ])
  func writes(bytes: Int, text: String) {
    #expect(ByteSizeText.render(bytes) == text)
  }

  @Test func readingWhatWasWrittenChangesNothing() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let bits = Int.random(in: 0...62, using: &random)
      let bytes = Int.random(in: 0...(1 << bits), using: &random)
      #expect(ByteSizeText.parse(ByteSizeText.render(bytes)) == bytes)
    }
  }
}
