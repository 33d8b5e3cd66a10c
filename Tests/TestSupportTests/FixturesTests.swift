// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Fixtures", .timeLimit(.minutes(10)))
struct FixturesTests {
  private func shingles(_ bytes: [UInt8]) -> Set<[Substring]> {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    let words = text.filter { $0 != "'" && $0 != "’" }.split { !$0.isLetter && !$0.isNumber }
    return Set(zip(words, zip(words.dropFirst(), words.dropFirst(2))).map { [$0, $1.0, $1.1] })
  }

  @Test("the wire story is as hard as real ones: what copies share is known")
  func measures() throws {
    let texts = try Fixtures.wireStory.map { shingles(try Fixtures.wireStory($0)) }
    for second in texts.indices {
      for first in texts.indices.prefix(second) {
        let shared = Double(texts[first].intersection(texts[second]).count)
        let resemblance = shared / Double(texts[first].union(texts[second]).count)
        let containment = shared / Double(min(texts[first].count, texts[second].count))
        if second < 4 {
          #expect((0.2...0.42).contains(resemblance))
          #expect((0.5...0.75).contains(containment))
        } else {
          #expect(containment < 0.05)
        }
      }
    }
  }

  @Test("the two pages share their frame and no more")
  func frame() throws {
    let pages = try Fixtures.boilerplatePages.map { shingles(try Fixtures.boilerplate($0)) }
    let shared = pages[0].intersection(pages[1])
    #expect((0.3...0.4).contains(Double(shared.count) / Double(pages[0].count)))
  }
}
