// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Testing

@Suite(
  "In a booted systemd: mishaps", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct MishapTests {
  /// Five seconds are right for an administrator and long for a test.
  private static let soon = "[Service]\nRestartSec=100ms"

  @Test("killed, it is started again, and what came meanwhile is recorded")
  func killed() throws {
    let box = try Box.withService(dropIn: Self.soon)
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropMany(200)
    try box.waitForLines(20)
    try box.run(["systemctl", "kill", "--kill-whom=main", "--signal=KILL", "neardupd"])
    try box.dropWireStory()
    let lines = try box.waitForLines(205)
    #expect(box.hasNoGap(lines))
    #expect(lines.count { $0.contains("\"event\":\"assigned\"") } == 205)
    #expect(try box.property("NRestarts") == "1")
    #expect(try box.property("ActiveState") == "active")
  }

  @Test("hanging, it is ended by the watchdog and started again")
  func hanging() throws {
    let box = try Box.withService(dropIn: Self.soon + "\nWatchdogSec=2")
    try box.shell(
      """
      systemctl start neardupd
      systemctl kill --kill-whom=main --signal=STOP neardupd
      """)
    try box.waitForJournal("Watchdog timeout")
    // At once, not when TimeoutAbortSec= is over.
    try box.waitForJournal("Scheduled restart job", within: 20)
    try box.dropWireStory()
    #expect(try box.waitForLines(5).count == 5)
    #expect(try #require(Int(try box.property("NRestarts"))) >= 1)
  }

  @Test("stopped under load it ends in time, and goes on after the next start")
  func stopUnderLoad() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropMany(3000)
    try box.waitForLines(1)
    try box.shell("time systemctl stop neardupd")
    #expect(try box.property("Result") == "success")
    #expect(try box.property("ExecMainStatus") == "0")
    try box.run(["systemctl", "start", "neardupd"])
    let lines = try box.waitForLines(3000, within: 240)
    #expect(box.hasNoGap(lines))
    #expect(lines.allSatisfy { $0.contains("\"event\":\"assigned\"") })
  }

  @Test("a machine that boots again finds the service, its state and what was dropped meanwhile")
  func reboot() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "enable", "--now", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    try box.reboot()
    #expect(try box.property("ActiveState") == "active")
    try box.shell("cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/again.txt")
    let lines = try box.waitForLines(6)
    #expect(box.hasNoGap(lines))
    #expect(lines[5].contains("\"relation\":\"identical\""))
    #expect(lines[5].contains("\"cluster\":\"c1\""))
  }

  @Test(
    "logrotate takes the log away, and no line is lost between the old file and the new",
    .enabled(if: access("/usr/sbin/logrotate", X_OK) == 0, "needs logrotate"))
  func logrotate() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    try box.shell("logrotate --force /etc/logrotate.d/neardupd")
    try box.waitForJournal("the cluster log was reopened")
    try box.shell("cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/again.txt")
    #expect(try box.waitForLines(1)[0].contains("\"seq\":6,"))
    // Compressed at the second rotation, when nobody has it open any more.
    try box.shell("logrotate --force /etc/logrotate.d/neardupd")
    let all = try box.shell(
      "zcat \(Box.clusterLog).2.gz; cat \(Box.clusterLog).1"
    ).split(separator: "\n").map(String.init)
    #expect(all.count == 6)
    #expect(box.hasNoGap(all))
    #expect(try box.shell("stat -c %U:%G:%a \(Box.clusterLog).1") == "neardupd:neardupd:640\n")
  }
}
