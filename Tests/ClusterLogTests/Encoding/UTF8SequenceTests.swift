// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite("UTF-8 sequences") struct UTF8SequenceTests {
  @Test func allPairsAreJudgedAsSwiftJudgesThem() {
    var wrong: [[UInt8]] = []
    for lead in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for rest: [UInt8] in [[], [0x80], [0x80, 0xBF], [0x41]] {
          let bytes = [lead, second] + rest
          let expected = String(validating: bytes, as: UTF8.self) != nil
          if UTF8Sequence.isWellFormed(bytes.span) != expected { wrong.append(bytes) }
        }
      }
    }
    #expect(wrong == [])
  }
}
