// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct StatusTextTests {
  private let second: UInt64 = 1_000_000_000

  private func running(_ modes: DropRoot.Mode..., change: (inout DaemonStatus) -> Void = { _ in })
    -> DaemonStatus
  {
    var status = DaemonStatus()
    status.phase = .running
    status.intake.places = modes.enumerated().map { .init(path: "/drop/\($0)", mode: $1) }
    status.totals.documents = 5
    status.totals.clusters = 2
    change(&status)
    return status
  }

  private func line(_ status: DaemonStatus) -> String {
    var text = StatusText()
    return text.line(status, now: 0)
  }

  @Test func phases() {
    var status = DaemonStatus()
    #expect(line(status) == "starting")
    status.phase = .loading(done: 12_000, total: 50_000)
    #expect(line(status) == "loading index 12000/50000")
    status.phase = .stopping
    status.inFlight = 3
    #expect(line(status) == "stopping: 3 files in flight")
    status.inFlight = 1
    #expect(line(status) == "stopping: 1 file in flight")
  }

  @Test func watching() {
    #expect(
      line(running(.watching)) == "watching 1 directory: 5 documents, 2 clusters, queue 0")
    let busy = running(.watching, .watching) {
      $0.intake.backlog = 4
      $0.inFlight = 3
    }
    #expect(line(busy) == "watching 2 directories: 5 documents, 2 clusters, queue 7")
  }

  @Test func oneOfAKindIsSingular() {
    let status = running(.watching) {
      $0.totals.documents = 1
      $0.totals.clusters = 1
      $0.totals.stories = 2
    }
    #expect(
      line(status) == "watching 1 directory: 1 document, 1 cluster in 2 stories, queue 0")
  }

  @Test func storiesAreNamedWhereThereAreSome() {
    let status = running(.watching) { $0.totals.stories = 1 }
    #expect(
      line(status) == "watching 1 directory: 5 documents, 2 clusters in 1 story, queue 0")
  }

  @Test func pollingAndMissingSayWhy() {
    let status = running(.watching, .polling(reason: "nfs"), .missing(reason: "No such file"))
    #expect(
      line(status)
        == "watching 1 directory, polling /drop/1 (nfs), missing /drop/2 (No such file)"
        + ": 5 documents, 2 clusters, queue 0")
  }

  @Test func withoutAnyPlaceTheLineStillBegins() {
    #expect(line(running()) == "reading what is there: 5 documents, 2 clusters, queue 0")
  }

  @Test func troubleComesFirst() {
    let status = running(.watching) { $0.trouble = "cannot write /log: full" }
    #expect(
      line(status)
        == "cannot write /log: full; "
        + "watching 1 directory: 5 documents, 2 clusters, queue 0")
  }

  @Test func aBacklogIsCountedFromItsBeginning() {
    var text = StatusText()
    var status = running(.watching) {
      $0.intake.backlog = 99
      $0.totals.processed = 1_000
    }
    #expect(text.line(status, now: second).hasPrefix("watching"))
    status.intake.backlog = 54_000
    #expect(text.line(status, now: 2 * second) == "backlog 0/54000, 0/s")
    status.intake.backlog = 52_700
    status.inFlight = 100
    status.totals.processed = 2_200
    #expect(text.line(status, now: 6 * second) == "backlog 1200/54000, 300/s, 2 min left")
    status.intake.backlog = 0
    status.inFlight = 99
    #expect(text.line(status, now: 7 * second).hasPrefix("watching"))
    // The next backlog is another one.
    status.intake.backlog = 101
    #expect(text.line(status, now: 8 * second) == "backlog 0/200, 0/s")
  }

  @Test(arguments: [
    (100, "1 s"), (11_900, "119 s"), (12_000, "2 min"), (719_900, "119 min"), (720_000, "2 h"),
  ])
  func theTimeLeftIsRounded(remaining: Int, left: String) {
    var text = StatusText()
    var status = running(.watching) { $0.intake.backlog = 1_000_000 }
    _ = text.line(status, now: 0)
    status.intake.backlog = remaining
    status.totals.processed = 100
    #expect(
      text.line(status, now: second) == "backlog 100/\(remaining + 100), 100/s, \(left) left")
  }
}
