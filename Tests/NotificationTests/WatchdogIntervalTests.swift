// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Systemd
import Testing

extension ProcessEnvironment {
  @Suite("Watchdog interval")
  struct WatchdogIntervalTests {
    @Test("is what the manager set for this process")
    func mine() {
      ProcessEnvironment.with(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "\(getpid())"]) {
        #expect(WatchdogInterval.fromEnvironment() == .seconds(30))
      }
      ProcessEnvironment.with(["WATCHDOG_USEC": "500000", "WATCHDOG_PID": nil]) {
        #expect(WatchdogInterval.fromEnvironment() == .milliseconds(500))
      }
    }

    @Test("may be any number", arguments: ["31557600000000000", "18446744073709551614", "1"])
    func anyNumber(microseconds: String) {
      ProcessEnvironment.with(["WATCHDOG_USEC": microseconds, "WATCHDOG_PID": nil]) {
        #expect(WatchdogInterval.fromEnvironment() != nil)
      }
    }

    @Test(
      "is nothing for another process, without a value, and for nonsense",
      arguments: [
        ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"],
        ["WATCHDOG_USEC": nil, "WATCHDOG_PID": nil],
        ["WATCHDOG_USEC": "soon", "WATCHDOG_PID": nil],
        ["WATCHDOG_USEC": "0", "WATCHDOG_PID": nil],
      ])
    func notMine(variables: [String: String?]) {
      ProcessEnvironment.with(variables) {
        #expect(WatchdogInterval.fromEnvironment() == nil)
      }
    }
  }
}
