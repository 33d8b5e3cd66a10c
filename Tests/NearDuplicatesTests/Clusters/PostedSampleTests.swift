// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct PostedSampleTests {
  private func trace(posted: [UInt64], mates: [UInt32] = []) -> [UInt8] {
    DocumentTrace(
      document: 9,
      kind: .text(.init(sampleWeight: 5, sequenceKey: 6, mates: mates, lawful: [], posted: posted))
    ).encode()
  }

  @Test("it counts the shingles under which a document is listed")
  func shared() {
    let tokens = (0..<40).map { UInt32($0 * 7) }
    var fingerprinter = Fingerprinter()
    let keys = fingerprinter.sketch(ofStored: tokens).hashes.map { ShardedTable.key($0) }
    let sample = PostedSample(tokens)
    #expect(sample.count == keys.count)
    for count in [0, 1, keys.count] {
      let bytes = trace(posted: Array(keys.prefix(count)) + [1, 2, 3], mates: [4, 5])
      #expect(sample.shared(with: bytes.span.bytes) == count)
    }
  }

  @Test("a copy is listed nowhere, and what is no trace is told")
  func others() {
    let sample = PostedSample([1, 2, 3, 4])
    let copy = DocumentTrace(document: 9, kind: .copy(of: 3)).encode()
    #expect(sample.shared(with: copy.span.bytes) == 0)
    #expect(sample.shared(with: [UInt8]().span.bytes) == nil)
    #expect(sample.shared(with: (copy + [1]).span.bytes) == nil)
    #expect(sample.shared(with: (trace(posted: []) + [1]).span.bytes) == nil)
  }
}
