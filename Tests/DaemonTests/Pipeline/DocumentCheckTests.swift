// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import NearDuplicates
@testable import Control
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DocumentCheckTests {
  private func question(_ outcome: FileOutcome) throws -> CheckQuestion {
    guard case .document(let document) = outcome.result else {
      throw DaemonFailure(.inputOutput, "not a text")
    }
    let fingerprint = document.fingerprint
    return CheckQuestion(
      digest: document.digest,
      tokens: TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits))
  }

  private func check(
    _ outcome: FileOutcome, _ register: inout DocumentRegister,
    time: Int64 = RegisterScene.start
  ) throws -> CheckReport {
    let check = DocumentCheck(
      try question(outcome), sampling: SketchSampling(), hasStories: register.stories != nil)
    let reply = register.answer(check, time: time)
    #expect(reply.error == nil)
    return try #require(reply.check)
  }

  @Test func aCheckSaysWhatRegisteringWouldDo() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    try scene.run(
      [scene.document("a", scene.article(1)), scene.document("b", scene.article(2))], on: store)
    var register = try scene.makeRegister(store)
    let near = try check(scene.document("x", scene.copy(of: 1)), &register)
    #expect(near.relation == "near")
    #expect(near.cluster == "c1")
    #expect(near.documents == 2)
    #expect(near.candidates.first?.match.path == "a")
    #expect(near.candidates.first?.joins == true)
    #expect(near.candidates.first?.match.drop == nil)
    let identical = try check(scene.document("x", scene.article(2)), &register)
    #expect(identical.relation == "identical")
    #expect(identical.cluster == "c2")
    let new = try check(scene.document("x", scene.article(3)), &register)
    #expect(new.relation == "first")
    #expect(new.cluster == nil)
    #expect(new.story == nil && new.stories == nil, "there are to be none")
    let (isBatchEmpty, last) = (register.batch.isEmpty, register.lastSequence)
    #expect(isBatchEmpty, "nothing is recorded")
    #expect(last == 2)
  }

  @Test func theStateGivesTheSameAnswer() throws {
    let scene = try RegisterScene(storyWindow: DocumentRegisterStoriesTests.week)
    let store = try scene.openStore()
    let drops = ["/one", "/other"]
    let news = EventNews(seed: 3)
    try scene.run(
      (1...6).map { scene.document("\($0)", scene.article($0 / 2), drop: $0 % 2) }
        + [scene.document("r", news.report(0, 0))], on: store, drops: drops)
    var register = try scene.makeRegister(store, drops: drops)
    var configuration = DaemonConfiguration()
    configuration.state.directory = scene.temporary.path("state")
    configuration.drop.directories = drops
    configuration.stories.window = .seconds(7 * 86_400)
    var state = try StateCheck(configuration)
    for text in [scene.article(1), scene.copy(of: 2), scene.article(9), news.report(0, 1)] {
      let outcome = scene.document("x", text)
      let answer = try check(outcome, &register)
      let read = try state.check(question(outcome), time: RegisterScene.start)
      #expect(read == answer)
      #expect(answer.candidates.allSatisfy { $0.match.drop != nil })
      #expect(answer.stories != nil)
    }
    let led = try check(scene.document("x", news.report(0, 1)), &register)
    #expect(led.story == "s7")
    #expect(led.storyMatch?.path == "r")
    #expect(led.storyMatch?.drop == "/one")
  }

  /// The law: what a check says is what then happens, and asking changes nothing of it.
  @Test func theStoryIsTheOneThatRegisteringFinds() throws {
    let week = DocumentRegisterStoriesTests.week
    let scene = try RegisterScene(storyWindow: week)
    let outcomes = DocumentRegisterStoriesTests.outcomes(seed: 2, count: 120, in: scene)
    var asked = try scene.makeRegister(try scene.openStore())
    let other = try RegisterScene(storyWindow: week)
    var plain = try other.makeRegister(try other.openStore())
    var kinds: Set<String> = []
    for (place, outcome) in outcomes.enumerated() {
      let time = RegisterScene.start + Int64(place) * week / 50
      // A question from a later time must not let go of what is still needed.
      _ = try check(outcome, &asked, time: time + 2 * week)
      let answer = try check(outcome, &asked, time: time)
      let known = asked.batch.lines.count
      try asked.register(outcome, time: time)
      try plain.register(outcome, time: time)
      let lines = asked.batch.lines.dropFirst(known).split(separator: UInt8(ascii: "\n"))
      guard let first = lines.first else { continue }
      let line = try ClusterLogLine(parsing: first)
      let match = line["story_match"]
      #expect(answer.story ?? "s\(line.document ?? 0)" == line["story"]?.string)
      #expect(answer.storyMatch?.document == match?["document"]?.integer)
      kinds.insert(
        answer.story == nil ? "begun" : answer.storyMatch == nil ? "of its cluster" : "found")
    }
    #expect(kinds == ["begun", "of its cluster", "found"])
    let (with, without) = (asked.batch.lines, plain.batch.lines)
    #expect(with == without)
  }

  @Test func aNameThatIsNotUTF8IsWholeInBase64() {
    let match = Assignment.Match(
      document: 1, resemblance: 1, containment: 1, shared: 3, clusterSimilarity: 1)
    let report = CheckReport.Match(match, path: [0x61, 0xFF], drop: nil)
    #expect(report.path == "a\u{FFFD}")
    #expect(report.pathB64 == "Yf8=")
    #expect(CheckReport.Match(match, path: [0x61], drop: nil).pathB64 == nil)
  }
}
