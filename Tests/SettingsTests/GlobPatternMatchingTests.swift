// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct GlobPatternMatchingTests {
  @Test(arguments: [
    ("*", "", true), ("*", "anything", true), ("*", ".hidden", true), (".*", ".hidden", true),
    (".*", "plain", false), ("*~", "backup~", true), ("*~", "~backup", false),
    ("*.tmp", "x.tmp", true), ("*.tmp", ".tmp", true), ("*.tmp", "x.TMP", false),
    ("*.tmp", "x.tmp.txt", false), (".~lock*", ".~lock.x.odt#", true), ("?", "é", true),
    ("??", "é", false), ("*??", "日", false), ("*?", "日", true), ("?.txt", "日.txt", true),
    ("[à-ü]", "é", true), ("[!à-ü]", "é", false), ("[!a]", "é", true), ("[]a]", "]", true),
    ("[!]a]", "]", false), ("[a-]", "-", true), ("[\\]]", "]", true), ("\\*", "*", true),
    ("\\*", "x", false), ("é*", "état", true), ("a*b*c", "axxbyyc", true),
    ("a*b*c", "axxbyy", false), ("x", "", false), ("?", "", false), ("[^a]", "b", true),
  ])
  func matches(pattern: String, name: String, isMatch: Bool) throws {
    #expect(try GlobPattern(pattern).matches(Array(name.utf8)) == isMatch)
  }

  @Test(arguments: [
    ("*", true), ("caf?", true), ("caf??", false), ("caf[!a-z]", true), ("caf[a-ÿ]", false),
    ("*?", true), ("café", false),
  ])
  func nameOutsideUTF8IsMatchedByteByByte(pattern: String, isMatch: Bool) throws {
    let name: [UInt8] = Array("caf".utf8) + [0xE9]
    #expect(try GlobPattern(pattern).matches(name) == isMatch)
  }

  @Test func agreesWithTheSystemOnASCII() throws {
    var random = SeededGenerator(seed: 5)
    var matchCount = 0
    for _ in 0..<20_000 {
      let pattern = text(from: ["a", "b", "*", "?", "[ab]", "[!a]", "[a-b]", "."], &random)
      let name = text(from: ["a", "b", "c", ".", "-"], &random)
      let expected = fnmatch(pattern, name, 0) == 0
      guard let glob = try? GlobPattern(pattern) else { continue }
      #expect(glob.matches(Array(name.utf8)) == expected, "\(pattern) \(name)")
      matchCount += expected ? 1 : 0
    }
    // Else the comparison says little.
    #expect(matchCount > 1000)
  }

  @Test func manyStarsTakeNoExponentialTime() throws {
    let pattern = try GlobPattern(String(repeating: "a*", count: 120) + "b")
    #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 255)))
  }

  private func text(from parts: [String], _ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...6, using: &random)
    return (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
  }
}
