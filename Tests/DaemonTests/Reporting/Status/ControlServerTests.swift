// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Control

@Suite(.timeLimit(.minutes(10)))
struct ControlServerTests {
  @Test(arguments: ["status\n", "status", " status \r\n"])
  func statusIsOneLineOfJSON(_ request: String) async throws {
    let scene = try ControlScene()
    scene.board.update { $0.totals.documents = 12 }
    let client = try scene.connect()
    client.send(request)
    // A request also ends where the asker stops sending.
    if !request.hasSuffix("\n") { shutdown(client.number, Int32(SHUT_WR)) }
    let answer = try #require(await client.receive())
    #expect(answer.hasSuffix("\n"))
    #expect(answer.count { $0 == "\n" } == 1)
    let report = try #require(try ControlCoding.decode(Array(answer.utf8)).status)
    #expect(report.collection.documents == 12)
    #expect(report.process == getpid())
    #expect(report.version == Version.current)
    try await scene.stop()
  }

  @Test func whatIsNoRequestIsToldSo() async throws {
    let scene = try ControlScene()
    #expect(try await scene.connect().ask("frobnicate\n").error?.contains("status, reload") == true)
    let long = try await scene.connect().ask(String(repeating: "x", count: 4_096))
    #expect(long.error != nil)
    try await scene.stop()
  }

  @Test func aReloadIsAnsweredWhenItIsDone() async throws {
    let report = ReloadReport(applied: ["drop.settle"])
    let scene = try ControlScene(reload: { report })
    #expect(try await scene.connect().ask("reload\n").error != nil, "not before the daemon stands")
    scene.open()
    #expect(try await scene.connect().ask("reload\n").reload == report)
    #expect(try await scene.connect().ask("rescan\n").error != nil, "nothing to scan with --once")
    try await scene.stop()
  }

  @Test func whoHangsUpDoesNotDisturb() async throws {
    let (gate, open) = AsyncStream<Void>.makeStream()
    let scene = try ControlScene(reload: {
      for await _ in gate { break }
      return ReloadReport()
    })
    scene.open()
    do {
      let impatient = try scene.connect()
      impatient.send("reload\n")
      let silent = try scene.connect()
      silent.send("sta")
    }
    #expect(try await scene.connect().ask("status\n").status != nil)
    open.yield()
    #expect(try await scene.connect().ask("status\n").status != nil)
    try await scene.stop()
  }

  @Test func thoseWhoSayNothingAreBoundedAndLetGo() async throws {
    let scene = try ControlScene()
    var silent = try (0..<ControlServer.connectionLimit).map { _ in try scene.connect() }
    let waiting = try scene.connect()
    waiting.send("status\n")
    #expect(await waiting.receive(within: 0.2) == nil, "all places are taken")
    silent.removeLast()
    #expect(await waiting.receive()?.contains("\"status\"") == true)
    // The others are cut off when their time is over.
    #expect(await silent[0].receive(within: 15) == "")
    try await scene.stop()
  }

  @Test func theSocketGoesWithTheServer() async throws {
    let scene = try ControlScene()
    var status = stat()
    #expect(lstat(scene.path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o660)
    let linked = try ControlScene.Client(scene.directory.path("link.sock"))
    #expect(try await linked.ask("status\n").status != nil)
    try await scene.stop()
    #expect(!FileSystem.exists(scene.path))
    #expect(lstat(scene.directory.path("link.sock"), &status) != 0)
  }
}
