// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ProgressReporterTests {
  /// Runs the reporter on a pipe until cancelled, and answers what it wrote.
  private func written(_ display: ProgressDisplay, isOnce: Bool) async -> String {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let board = StatusBoard()
    board.update {
      $0.phase = .running
      $0.totals.assigned = 7
    }
    let reporter = ProgressReporter(
      display: display, isOnce: isOnce, board: board, descriptor: ends[1])
    let running = Task { await reporter.run() }
    if display == .terminal {
      var ready = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      while poll(&ready, 1, 0) == 0 { await Task.yield() }
    }
    running.cancel()
    await running.value
    close(ends[1])
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = read(ends[0], &buffer, buffer.count)
    close(ends[0])
    return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
  }

  @Test func onATerminalOneLineIsWrittenOver() async {
    let text = await written(.terminal, isOnce: true)
    #expect(text.hasPrefix("\r7 documents recorded, 0 skipped\u{1B}[K"))
    #expect(text.hasSuffix("\r\u{1B}[K7 documents recorded, 0 skipped\n"))
  }

  @Test func aDaemonLeavesTheLineClean() async {
    #expect(await written(.terminal, isOnce: false).hasSuffix("\r\u{1B}[K"))
  }

  @Test func aShortRunWritesNoLines() async {
    #expect(await written(.lines, isOnce: true).isEmpty)
    #expect(await written(.none, isOnce: false).isEmpty)
  }
}
