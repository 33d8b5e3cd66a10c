// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon
@testable import NearDuplicates

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
    _ outcome: FileOutcome, _ register: inout DocumentRegister
  ) throws -> CheckReport {
    let check = DocumentCheck(try question(outcome), sampling: SketchSampling())
    let reply = register.answer(check)
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
    let (isBatchEmpty, last) = (register.batch.isEmpty, register.lastSequence)
    #expect(isBatchEmpty, "nothing is recorded")
    #expect(last == 2)
  }

  @Test func theStateGivesTheSameAnswer() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    let drops = ["/one", "/other"]
    try scene.run(
      (1...6).map { scene.document("\($0)", scene.article($0 / 2), drop: $0 % 2) }, on: store,
      drops: drops)
    var register = try scene.makeRegister(store, drops: drops)
    var configuration = DaemonConfiguration()
    configuration.state.directory = scene.temporary.path("state")
    configuration.drop.directories = drops
    var state = try StateCheck(configuration)
    for text in [scene.article(1), scene.copy(of: 2), scene.article(9)] {
      let outcome = scene.document("x", text)
      let answer = try check(outcome, &register)
      let read = try state.check(question(outcome))
      #expect(read == answer)
      #expect(answer.candidates.allSatisfy { $0.match.drop != nil })
    }
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
