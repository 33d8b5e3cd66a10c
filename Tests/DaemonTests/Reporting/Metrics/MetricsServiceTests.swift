// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Logging
import Systemd
import TestSupport
import Testing

@testable import Daemon
@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct MetricsServiceTests {
  private let directory: TemporaryDirectory
  private let problems = RecentProblem()
  private let board = StatusBoard()

  init() throws { directory = try TemporaryDirectory() }

  private func service(
    _ target: MetricsTarget, interval: Duration = .milliseconds(1)
  ) -> MetricsService {
    let problems = problems
    let logger = Logger(label: "test") { _ in RecentProblemLogHandler(problems) }
    return MetricsService(
      metrics: DaemonMetrics(), target: target, board: board,
      load: { Pipeline.Load(documents: 0, bytes: 0) }, logger: logger,
      interval: interval)
  }

  @Test func theFileIsReadableForTheCollectorWhateverTheUmask() throws {
    let path = directory.path("neardupd.prom")
    service(MetricsTarget(.init(textfile: path, format: .openmetrics))).write()
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o644)
    _ = try OpenMetricsLines(String(decoding: try FileSystem.read(path), as: UTF8.self))
  }

  @Test func aFailureIsToldOnce() throws {
    let target = MetricsTarget(.init(textfile: directory.path("missing/neardupd.prom")))
    let service = service(target)
    service.write()
    let told = try #require(problems.latest)
    #expect(told.text.contains("missing/neardupd.prom"))
    service.write()
    #expect(problems.latest == told)
  }

  @Test func anAbandonedFileIsRemoved() throws {
    let target = MetricsTarget(.init(textfile: directory.path("a.prom")))
    let service = service(target)
    service.write()
    target.set(.init(textfile: directory.path("b.prom")))
    service.write()
    #expect(!FileSystem.exists(directory.path("a.prom")))
    #expect(FileSystem.exists(directory.path("b.prom")))
  }

  @Test func itFollowsTheStatus() async throws {
    let path = directory.path("neardupd.prom")
    let service = service(MetricsTarget(.init(textfile: path)))
    let running = Task { try await service.run() }
    for documents in 7...9 {
      board.update { $0.totals.documents = documents }
      try await whenWritten(documents, to: path)
    }
    running.cancel()
    try await running.value
  }

  @Test func itWritesAtTheEndWhatTheIntervalHeldBack() async throws {
    let path = directory.path("neardupd.prom")
    let service = service(MetricsTarget(.init(textfile: path)), interval: .seconds(3600))
    board.update { $0.totals.documents = 7 }
    let running = Task { try await service.run() }
    try await whenWritten(7, to: path)
    board.update { $0.totals.documents = 8 }
    running.cancel()
    try await running.value
    #expect(try read(path).contains("neardupd_collection_documents 8\n"))
  }

  private func whenWritten(_ documents: Int, to path: String) async throws {
    let line = "neardupd_collection_documents \(documents)\n"
    while !(try read(path)).contains(line) { await Task.yield() }
  }

  private func read(_ path: String) throws -> String {
    guard FileSystem.exists(path) else { return "" }
    return String(decoding: try FileSystem.read(path), as: UTF8.self)
  }
}
