// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct ASCIIBlockTests {
  @Test func classifiesEveryByteAtEveryPlace() {
    for byte in UInt8.min...UInt8.max {
      for place in [0, 1, 7, 8, 15, 16, 31, 32, 47, 48, 62, 63] {
        let block = block(byte, at: place)
        let isWord = Character(Unicode.Scalar(byte)).isASCIIWord
        #expect(block.words == (isWord ? 1 << UInt64(place) : 0), "\(byte) at \(place)")
        let isSpecial = byte >= 0x80 || byte == 0 || byte == 0x27 || byte == 0x60
        #expect(block.specials == (isSpecial ? 1 << UInt64(place) : 0), "\(byte) at \(place)")
        let isCapital = 0x41...0x5A ~= byte
        #expect(block.capitals == (isCapital ? 1 << UInt64(place) : 0), "\(byte) at \(place)")
        let isEnder = Array(".!?:;\"".utf8).contains(byte)
        #expect(block.enders == (isEnder ? 1 << UInt64(place) : 0), "\(byte) at \(place)")
      }
    }
  }

  @Test func hyphensAreSpecialBeforeALineBreak() {
    for (next, isSpecial) in [(0x0A, true), (0x0D, true), (0x20, false), (0x61, false)]
      as [(UInt8, Bool)]
    {
      for place in [0, 15, 16, 40, 63] {
        let block = block(0x2D, at: place, then: next)
        #expect(block.specials == (isSpecial ? 1 << UInt64(place) : 0))
      }
    }
  }

  private func block(_ byte: UInt8, at place: Int, then next: UInt8? = nil) -> ASCIIBlock {
    var bytes = [UInt8](repeating: 0x20, count: ASCIIBlock.reach)
    bytes[place] = byte
    if let next { bytes[place + 1] = next }
    return bytes.withUnsafeBytes { buffer in
      ASCIIBlock(at: buffer.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!)
    }
  }
}

extension Character {
  fileprivate var isASCIIWord: Bool {
    isASCII && (isLetter || isNumber)
  }
}
