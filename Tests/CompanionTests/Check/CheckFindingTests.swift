// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion
@testable import Daemon
@testable import Control

@Suite(.timeLimit(.minutes(10)))
struct CheckFindingTests {
  private func finding(joins: Bool) -> CheckFinding {
    let match = CheckReport.Match(
      document: 3, path: "a\u{1B}.txt", pathB64: nil, member: nil, drop: nil, resemblance: 0.25,
      containment: 0.5, shared: 77, clusterSimilarity: 0.9)
    let report = CheckReport(
      relation: joins ? "near" : "first", cluster: joins ? "c2" : nil,
      candidates: [.init(cluster: "c2", texts: 4, joins: joins, match: match)], limit: 0.438,
      documents: 12)
    return CheckFinding(file: "in\n", words: 100, report: report, source: .daemon)
  }

  @Test func aMatchIsNamed() {
    let text = finding(joins: true).description
    #expect(text.hasPrefix("in\\n: near-duplicate of c2\n  joins c2 (4 texts), "))
    #expect(text.contains("nearest a\\e.txt: resemblance 0.250, containment 0.500, 77"))
  }

  /// With stories a line tells of the text's own, with none nothing does.
  @Test func theStoryIsNamed() {
    func text(_ story: String?, _ match: CheckReport.StoryMatch?, _ stories: Int?) -> String {
      var report = CheckReport(
        relation: "first", cluster: nil, candidates: [], limit: 0.4, documents: 12)
      (report.story, report.storyMatch, report.stories) = (story, match, stories)
      return CheckFinding(file: "in", words: 100, report: report, source: .daemon).description
    }
    let match = CheckReport.StoryMatch(
      document: 3, path: "a\u{1B}.txt", pathB64: nil, member: nil, drop: "/drop", similarity: 0.3,
      limit: 0.215)
    #expect(
      text("s2", match, 4).hasSuffix(
        "\n  in story s2, similarity 0.300 of more than 0.215; nearest /drop/a\\e.txt\n"))
    #expect(text("s2", nil, 4).hasSuffix("\n  in story s2, as its cluster is\n"))
    #expect(text(nil, nil, 4).hasSuffix("\n  begins a story: it fits none of 4\n"))
    #expect(!text(nil, nil, nil).contains("story"))
  }

  @Test func whatIsNotNearIsToldWithTheNearest() {
    let text = finding(joins: false).description
    #expect(text.contains("nothing near among 12 documents"))
    #expect(text.contains("  not   c2"))
  }
}
