// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Systemd
import TestSupport
import Testing

extension ProcessEnvironment {
  @Suite("Service notifier")
  struct ServiceNotifierTests {
    /// The message that `send` makes arrive at a socket of the given address.
    private func message(
      at address: String, _ send: (ServiceNotifier) -> NotificationOutcome
    ) throws -> String {
      let socket = try DatagramSocket(address)
      return try ProcessEnvironment.with(["NOTIFY_SOCKET": address]) {
        let notifier = ServiceNotifier()
        #expect(notifier.isSupervised)
        #expect(send(notifier) == .sent)
        let (text, another) = (socket.receiveText(), socket.receiveText())
        #expect(another == nil, "one message for one call")
        return try #require(text)
      }
    }

    private func message(_ send: (ServiceNotifier) -> NotificationOutcome) throws -> String {
      let directory = try TemporaryDirectory()
      return try message(at: directory.path("notify"), send)
    }

    @Test("sends each kind as sd_notify(3) has it")
    func kinds() throws {
      #expect(try message { $0.ready(status: "watching") } == "READY=1\nSTATUS=watching")
      #expect(try message { $0.status("backlog 3") } == "STATUS=backlog 3")
      #expect(try message { $0.stopping(status: "draining") } == "STOPPING=1\nSTATUS=draining")
      #expect(try message { $0.watchdog() } == "WATCHDOG=1")
      #expect(
        try message { $0.send([.extendTimeout(.milliseconds(1500))]) }
          == "EXTEND_TIMEOUT_USEC=1500000")
    }

    @Test("sends to an abstract socket")
    func abstract() throws {
      let address = "@neardupd-test-\(getpid())"
      #expect(try message(at: address) { $0.watchdog() } == "WATCHDOG=1")
    }

    @Test("sends a reload and its monotonic time in one message")
    func reloading() throws {
      func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
      }
      let before = now()
      let lines = try message { $0.reloading(status: "reading") }.split(separator: "\n")
      let after = now()
      #expect(lines.count == 3)
      #expect(lines.first == "RELOADING=1")
      #expect(lines.last == "STATUS=reading")
      let time = lines.compactMap { $0.wholeMatch(of: /MONOTONIC_USEC=(\d+)/)?.1 }.first
      let microseconds = try #require(time.flatMap { UInt64($0) })
      #expect((before...after).contains(microseconds))
    }

    @Test("does not wait for a manager that does not read, which learns the latest in the end")
    func stuck() throws {
      let directory = try TemporaryDirectory()
      let address = directory.path("notify")
      let socket = try DatagramSocket(address)
      ProcessEnvironment.with(["NOTIFY_SOCKET": address]) {
        let notifier = ServiceNotifier()
        for number in 0..<2_000 { _ = notifier.status("\(number)") }
        #expect(notifier.hasUntold)
        _ = notifier.reloading(status: "reading")
        _ = notifier.ready(status: "ready")
        while socket.receive() != nil {}
        #expect(notifier.stopping(status: "stopping") == .sent)
        let last = socket.receiveText()
        #expect(last == "READY=1\nSTOPPING=1\nSTATUS=stopping")
        #expect(!notifier.hasUntold)
      }
    }

    @Test("does nothing without a manager", arguments: [nil, ""])
    func unsupervised(socket: String?) {
      ProcessEnvironment.with(["NOTIFY_SOCKET": socket]) {
        let notifier = ServiceNotifier()
        #expect(!notifier.isSupervised)
        #expect(notifier.ready(status: "x") == .notSupervised)
      }
    }

    @Test("says so when nobody listens")
    func nobody() throws {
      let directory = try TemporaryDirectory()
      ProcessEnvironment.with(["NOTIFY_SOCKET": directory.path("missing")]) {
        #expect(ServiceNotifier().watchdog() == .failed(errno: ENOENT))
      }
    }

    @Test("says so when the address is no address")
    func noAddress() {
      ProcessEnvironment.with(["NOTIFY_SOCKET": "relative/path"]) {
        guard case .failed = ServiceNotifier().watchdog() else {
          Issue.record("a relative path was taken")
          return
        }
      }
    }
  }
}
