// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("NotifySocket", .timeLimit(.minutes(10)))
struct NotifySocketTests {
  /// Sends each text as one datagram, like sd_notify(3) does.
  private static let sender = """
    import socket, sys
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    for text in sys.argv[2:]: s.sendto(text.encode(), sys.argv[1])
    """

  @Test("messages are kept in order, however many come")
  func collects() throws {
    let place = try TemporaryDirectory()
    let socket = try NotifySocket(at: place.path("notify"))
    let texts = (0..<500).map { "STATUS=\($0)" } + ["READY=1\nSTATUS=last"]
    let sender = try ChildProcess(
      "python3", ["-c", Self.sender, socket.path] + texts,
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    let ready = try socket.waitForMessage("READY=1", within: 20) { $0.isReady }
    #expect(ready.message["STATUS"] == "last")
    #expect(ready.next == 501)
    #expect(socket.messages.map(\.description) == texts)
    #expect(try sender.waitForExit(within: 10) == .exited(0))
  }

  @Test("waiting for what does not come ends at the deadline")
  func deadline() throws {
    let place = try TemporaryDirectory()
    let socket = try NotifySocket(at: place.path("notify"))
    #expect(throws: Overdue.self) {
      try socket.waitForMessage("READY=1", within: 0.05) { $0.isReady }
    }
  }
}
