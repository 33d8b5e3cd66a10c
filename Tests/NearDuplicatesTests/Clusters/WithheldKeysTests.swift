// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

/// What a trace says of the keys under which others were listed in a document's place.
struct WithheldKeysTests {
  private static let text = DocumentTrace.Text(
    sampleWeight: 70, sequenceKey: 0xAB_CDEF_0123, mates: [5, 7], lawful: [7], posted: [1, 2],
    withheld: [.init(by: 5, keys: [3, 4]), .init(by: 8, keys: [9])])

  @Test func theyComeBack() throws {
    let trace = DocumentTrace(document: 10, kind: .text(Self.text))
    #expect(DocumentTrace(trace.encode(), document: 10) == trace)
    var posted: [UInt64] = []
    let bytes = trace.encode()
    let span = bytes.span
    #expect(DocumentTrace.forEachPosted(span.bytes) { posted.append($0) })
    #expect(posted == [1, 2], "only those under which it is listed itself")
  }

  @Test func whatIsCutOffIsRefused() {
    let bytes = DocumentTrace(document: 10, kind: .text(Self.text)).encode()
    // Up to the end of the withheld keys; behind it any whole number of keys is a trace.
    for count in 0..<(bytes.count - 14) {
      #expect(DocumentTrace(Array(bytes.prefix(count)), document: 10) == nil, "\(count) bytes")
    }
  }

  @Test func aCopyTakesOverWhatItsOriginalWasListedUnder() throws {
    let original = DocumentTrace(document: 10, kind: .text(Self.text))
    let heir = try #require(DocumentTrace(document: 12, inPlaceOf: original))
    guard case .text(let text) = heir.kind else {
      Issue.record("it is a text")
      return
    }
    #expect(text.posted.isEmpty)
    #expect(text.withheld == Self.text.withheld + [.init(by: 10, keys: [1, 2])])
    #expect(DocumentTrace(heir.encode(), document: 12) == heir)
    let copy = DocumentTrace(document: 11, kind: .copy(of: 10))
    #expect(DocumentTrace(document: 12, inPlaceOf: copy) == nil, "it has no text")
    #expect(DocumentTrace(document: 10, inPlaceOf: original) == nil, "it does not come later")
  }
}
