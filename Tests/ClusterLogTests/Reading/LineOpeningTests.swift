// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import ClusterLog

@Suite(.timeLimit(.minutes(10)))
struct LineOpeningTests {
  private func line(_ record: Record) -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    RecordEncoder().append(record, sequence: 12, time: SampleRecords.time, to: &bytes)
    return bytes.dropLast()
  }

  @Test("it agrees with the whole record", arguments: SampleRecords.all)
  func agreement(_ record: Record) throws {
    let opening = try #require(LineOpening(line(record)))
    #expect(opening.sequence == 12)
    switch record {
    case .assigned(let assigned):
      #expect(opening.event == .assigned)
      #expect(opening.document == assigned.document)
      #expect(LineOpening.story(in: line(record)) == assigned.story)
    case .moved(let moved): #expect(opening.document == moved.document)
    case .removed(let removed): #expect(opening.document == removed.document)
    case .storyMoved(let moved): #expect(opening.document == moved.document)
    case .merged:
      #expect(opening.event == .merged)
      #expect(opening.document == nil)
    case .storyMerged: #expect(opening.event == .storyMerged)
    case .skipped: #expect(opening.document == nil)
    case .expired:
      #expect(opening.event == .expired)
      #expect(opening.document == nil)
    }
  }

  @Test("a name cannot pass for a story")
  func hostileName() {
    let name = Array(#"","story":"s9"#.utf8)
    #expect(LineOpening.story(in: line(SampleRecords.path(name))) == 1)
    var first = SampleRecords.path(name)
    if case .assigned(var assigned) = first {
      (assigned.story, assigned.storyMatch) = (nil, nil)
      first = .assigned(assigned)
    }
    #expect(LineOpening.story(in: line(first)) == nil)
  }

  @Test("other lines are none", arguments: ["", "{}", #"{"schema":1,"seq":1,"time":""}"#])
  func foreign(_ text: String) { #expect(LineOpening(Array(text.utf8)[...]) == nil) }
}
