// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Daemon
@testable import Control

@Suite(.timeLimit(.minutes(10)))
struct CheckRequestsTests {
  private let question = CheckQuestion(
    digest: Array(repeating: 1, count: 32),
    tokens: TokenSequence(tokens: [1, 2, 3], traits: [0, 0, 0]))

  @Test func soManyWaitAndNoMore() {
    let checks = CheckRequests(sampling: SketchSampling(), hasStories: false, limit: 2) {}
    #expect(checks.ask(question) { _ in })
    #expect(checks.ask(question) { _ in })
    #expect(!checks.ask(question) { _ in })
    #expect(checks.take() != nil)
    #expect(checks.ask(question) { _ in })
    #expect(!checks.ask(question) { _ in })
    for _ in 0..<2 { #expect(checks.take() != nil) }
    #expect(checks.take() == nil)
    #expect(checks.ask(question) { _ in })
  }

  @Test func asManyAsMayAskAtATime() {
    let checks = CheckRequests(sampling: SketchSampling(), hasStories: false) {}
    var taken = 0
    while taken < 100, checks.ask(question, answer: { _ in }) { taken += 1 }
    #expect(taken == ControlServer.connectionLimit)
  }
}
