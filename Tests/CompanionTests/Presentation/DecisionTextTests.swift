// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct DecisionTextTests {
  private func line(_ record: Record) -> String {
    DecisionText.line(
      LoggedRecord(sequence: 1, time: Records.start, record: record), OutputStyle())
  }

  @Test("every decision is one line that says what and why")
  func lines() {
    let likeness = "like 1.txt, resemblance 0.30, containment 0.60, fits by 0.90"
    let time = "2026-11-21 19:30:00"
    #expect(line(Records.assigned(1)) == "\(time)  first      c1        1.txt")
    #expect(
      line(Records.assigned(2, cluster: 1, like: 1, replaces: 1))
        == "\(time)  near       c1        2.txt: \(likeness), replaces document 1")
    #expect(
      line(Records.assigned(2, cluster: 1, like: 1, identical: true))
        == "\(time)  identical  c1        2.txt: same bytes as 1.txt")
    #expect(
      line(Records.merged(1, [2, 3], by: 4))
        == "\(time)  merged     c1        takes in c2, c3: document 4 shows it, \(likeness)")
    #expect(
      line(Records.moved(3, from: 1, to: 3))
        == "\(time)  moved      c3        3.txt from c1: it fits better")
    #expect(
      line(Records.skipped("x"))
        == "\(time)  skipped    -         x: binary (a NUL at byte 3)")
    #expect(
      line(Records.removed(3, cluster: 1))
        == "\(time)  removed    c1        3.txt: the file was deleted")
  }

  @Test("where a terminal is narrow the reason has lines of its own, and nothing is cut at its end")
  func narrow() {
    let long = Array("desk/2026/a-long-name-that-fills-more-than-its-column-on-a-terminal.txt".utf8)
    var assigned = Assigned(
      document: 2, path: long, bytes: 1, sha256: [], words: 1, cluster: 1, relation: .near)
    assigned.match = Match(
      document: 1, path: Array("delivery-of-the-twentieth.zip\0desk/story-of-the-port.docx".utf8),
      resemblance: 0.3, containment: 0.6, shared: 9, clusterSimilarity: 0.9)
    assigned.story = 1
    let record = LoggedRecord(sequence: 7, time: Records.start, record: .assigned(assigned))
    let text = DecisionText.explanation(record, OutputStyle(columns: 60, now: Records.start))
    #expect(
      text == """
        19:30:00  near       c1        desk/2026/a-lo…a-terminal.txt
            like deliver…eth.zip » desk/story-…-port.docx,
            resemblance 0.30, containment 0.60, fits by 0.90, story
            s1  [seq 7]
        """)
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 60 })
    let wide = DecisionText.line(record, OutputStyle(columns: 400, now: Records.start))
    #expect(!wide.contains("\n") && wide.contains("terminal.txt: like delivery-of"))
  }

  @Test("stories are told with what led to them")
  func stories() {
    let match = StoryMatch(
      document: 4, path: [0x61], similarity: 0.5, terms: ["quake", "har\u{1B}bour"])
    var assigned = Assigned(
      document: 5, path: [0x62], bytes: 1, sha256: [], words: 1, cluster: 5, relation: .first)
    assigned.story = 4
    assigned.storyMatch = match
    #expect(
      line(.assigned(assigned)).hasSuffix(
        "b, story s4 (0.50 with document 4: quake, har\\ebour)"))
    #expect(
      line(
        .storyMerged(StoryMerged(story: 1, absorbed: [4], document: 9, evidence: .terms(match)))
      ).contains("story      s1        takes in s4: 0.50 with document 4: quake"))
    #expect(
      line(.storyMerged(StoryMerged(story: 1, absorbed: [4], document: 9, evidence: nil)))
        .contains("takes in s4: their clusters became one while there were no stories"))
  }

  @Test("a hostile name stays in its line")
  func hostile() {
    let text = line(Records.skipped("a\n\u{1B}[31m\u{202E}"))
    #expect(text.contains("a\\n\\e[31m\\u{202e}: binary"))
  }
}
