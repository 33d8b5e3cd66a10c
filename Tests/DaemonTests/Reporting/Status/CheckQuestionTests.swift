// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Documents
import NearDuplicates
import TestSupport
import Testing

@testable import Control
@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct CheckQuestionTests {
  private func question(_ text: String) throws -> CheckQuestion {
    var fingerprinter = Fingerprinter()
    let bytes = Array(text.utf8)
    guard case .document(let fingerprint) = fingerprinter.fingerprint(bytes) else {
      throw DaemonFailure(.inputOutput, "not a text")
    }
    return CheckQuestion(bytes, fingerprint)
  }

  @Test func theRequestSaysTheQuestion() throws {
    let question = try question("some words, 12 of them")
    let request = try #require(question.request)
    let line = request.prefix { $0 != UInt8(ascii: "\n") }
    let header = try #require(CheckQuestion.Header(String(decoding: line, as: UTF8.self)))
    let payload = request[(line.count + 1)...]
    #expect(header.scheme == FingerprintScheme.version)
    #expect(header.byteCount == payload.count)
    #expect(CheckQuestion(payload: payload) == question)
  }

  @Test(
    arguments: [
      "check", "check 1", "check 1 x", "check 1 -1", "check 1 2 x",
      "check 1 2 3 4", "check 1 2 9223372036854775807", "chec 1 2", "",
    ])
  func whatIsNoHeaderIsNone(_ line: String) {
    #expect(CheckQuestion.Header(line) == nil)
  }

  @Test(arguments: [nil, 0, -1, 1_796_061_600_000_000] as [Int64?])
  func theRequestSaysWhenTheTextWasPublished(_ published: Int64?) throws {
    var question = try question("some words, 12 of them")
    question.published = published.map { PublishedMoment(microseconds: $0) }
    let request = try #require(question.request)
    let line = request.prefix { $0 != UInt8(ascii: "\n") }
    let header = try #require(CheckQuestion.Header(String(decoding: line, as: UTF8.self)))
    #expect(header.published == published)
    let read = CheckQuestion(payload: request[(line.count + 1)...], published: header.published)
    #expect(read == question)
  }

  @Test func aTextBeyondTheLimitIsNotAskedAbout() throws {
    let long = String(repeating: "word ", count: CheckQuestion.byteLimit / 4)
    #expect(try question(long).request == nil)
  }

  @Test(arguments: UInt64(0)..<50)
  func noPayloadDoesHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let payload = (0..<Int(seed) * 2).map { _ in UInt8.random(in: 0...255, using: &random) }
    let question = CheckQuestion(payload: payload[...])
    #expect(question == nil || question?.digest.count == 32)
  }

  // MARK: On the socket

  @Test func aCheckIsAnsweredWhenItIsDone() async throws {
    let scene = try ControlScene()
    let request = try #require(try question("one two three four five").request)
    let early = try scene.connect()
    early.send(request)
    #expect(try await early.answer().error != nil, "not before the daemon stands")
    scene.open()
    let asking = try scene.connect()
    // In two parts: the first ends within what follows the line.
    asking.send(Array(request[..<20]))
    asking.send(Array(request[20...]))
    for await _ in scene.checked { break }
    let waiting = try #require(scene.checks.take())
    let report = CheckReport(
      relation: "first", cluster: nil, candidates: [], limit: 0.4, documents: 7)
    waiting.answer(ControlReply(check: report))
    #expect(try await asking.answer().check == report)
    #expect(scene.checks.take() == nil)
    try await scene.stop()
  }

  /// While nothing is decided, those who give up and ask again must not pile up.
  @Test func moreThanCanWaitAreToldSo() async throws {
    let scene = try ControlScene()
    scene.open()
    let request = try #require(try question("one two three four five").request)
    var came = scene.checked.makeAsyncIterator()
    for _ in 0..<ControlServer.connectionLimit {
      // Hangs up as soon as its question is there.
      let asking = try scene.connect()
      asking.send(request)
      _ = await came.next()
    }
    let late = try scene.connect()
    late.send(request)
    #expect(try await late.answer().error == "too many checks wait; try again later")
    _ = scene.checks.take()
    let next = try scene.connect()
    next.send(request)
    _ = await came.next()
    try await scene.stop()
  }

  @Test(arguments: ["check 1 32\n", "check 2 40\n", "check 2 99999999\n"])
  func whatCannotBeUnderstoodIsToldSo(_ line: String) async throws {
    let scene = try ControlScene()
    scene.open()
    let client = try scene.connect()
    client.send(Array(line.utf8) + [UInt8](repeating: 0xFF, count: 40))
    #expect(try await client.answer().error != nil)
    #expect(scene.checks.take() == nil)
    try await scene.stop()
  }
}
