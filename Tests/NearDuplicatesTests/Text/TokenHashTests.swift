// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct TokenHashTests {
  /// All short strings over a few letters and many longer ones that differ little: as many share a
  /// hash as chance has it.
  @Test(arguments: 1...5)
  func collidesNoMoreThanChance(kind: Int) {
    var words: [[UInt8]] = []
    switch kind {
    case 1:
      for number in 0..<100_000 { words.append(Array(String(number).utf8)) }
    case 2:
      for number in 0..<100_000 { words.append(Array(("prefix" + String(number)).utf8)) }
    case 3:
      for number in 0..<100_000 {
        words.append(Array(("averyveryverylongword" + String(number) + "withanend").utf8))
      }
    case 4:
      let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
      for first in letters {
        for second in letters {
          for third in letters {
            for last in letters.prefix(17) { words.append([first, second, third, last]) }
          }
        }
      }
    default:
      for point in UInt32(0x4E00)..<0x4E00 + 10_000 {
        for other in UInt32(0x3041)..<0x3041 + 15 {
          let scalars = [point, other].compactMap(Unicode.Scalar.init)
          words.append(Array(String(String.UnicodeScalarView(scalars)).utf8))
        }
      }
    }
    let hashes = Set(words.map(ReferenceTokenizer.hash))
    let expected = Double(words.count * words.count) / 2 / 0x1p32
    #expect(Double(words.count - hashes.count) < 3 * expected + 10)
  }

  @Test func foldsTheCaseOfASCII() {
    let upper = Array("ABCxyz019".utf8)
    let hash = upper.withUnsafeBytes { bytes in
      bytes.baseAddress.map {
        TokenHash.hash($0, count: bytes.count, folding: TokenHash.asciiFolding)
      }
    }
    #expect(hash == ReferenceTokenizer.hash(Array("abcxyz019".utf8)))
  }
}
