// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct UTF8ScalarTests {
  @Test func encodesAndDecodesScalars() {
    // All that are short, one in seven of the others.
    for point in UInt32(1)..<0x110000 where point < 0x1100 || point % 7 == 3 {
      guard let scalar = Unicode.Scalar(point) else { continue }
      var expected: UInt64 = 0
      let units = Array(UTF8.encode(scalar) ?? .init())
      for (index, unit) in units.enumerated() { expected |= UInt64(unit) << UInt64(8 * index) }
      let (bytes, length) = UTF8Scalar.encoded(point)
      let decoded = withUnsafeBytes(of: bytes.littleEndian) { buffer in
        buffer.baseAddress.map { UTF8Scalar.decoded($0, at: 0, end: length) }
      }
      guard bytes == expected, length == units.count, decoded?.scalar == point,
        decoded?.isValid == true, decoded?.length == length
      else {
        Issue.record("U+\(String(point, radix: 16))")
        return
      }
    }
  }

  /// The standard library repairs by the same rule: one U+FFFD per maximal subpart.
  @Test(arguments: UInt64(0)..<20)
  func malformedSequencesEndWhereTheStandardSays(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let interesting: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
      0xEE, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<2000 {
      let bytes = (0..<8).map { _ in
        interesting[Int.random(in: 0..<interesting.count, using: &random)]
      }
      var scalars: [UInt32] = []
      bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        var offset = 0
        while offset < buffer.count {
          let decoded = UTF8Scalar.decoded(base, at: offset, end: buffer.count)
          scalars.append(decoded.scalar)
          offset += decoded.length
        }
      }
      #expect(scalars == String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
    }
  }

  @Test func saysWhenTheEndCutsASequenceOff() {
    for bytes in [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x99]] as [[UInt8]] {
      let decoded = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { UTF8Scalar.decoded($0, at: 0, end: buffer.count) }
      }
      #expect(decoded?.isValid == false)
      #expect(decoded?.isTruncated == true)
      #expect(decoded?.length == bytes.count)
    }
  }
}
