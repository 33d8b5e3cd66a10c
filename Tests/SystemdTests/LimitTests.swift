// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@Suite(
  "In a booted systemd: limits", .tags(.booted), .serialized,
  .enabled(if: Box.enforcesLimits, "needs root, systemd and the memory controller"),
  .timeLimit(.minutes(10)))
struct LimitTests {
  /// One text of 12 MiB, of many different words: making it ready takes several times that.
  private static let dropHog = """
    awk 'BEGIN {
      srand(11)
      for (word = 0; word < 1200000; word++) printf "w%09d ", int(rand() * 1e9)
    }' >\(Box.drop)/.part
    mv \(Box.drop)/.part \(Box.drop)/hog.txt
    """

  @Test("over its memory limit it is ended, the machine is not; a drop-in gives it more")
  func memory() throws {
    let box = try Box.withService(
      dropIn: "[Service]\nRestartSec=100ms\nMemoryMax=64M\nMemorySwapMax=0", withLimits: true)
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    try box.shell(Self.dropHog)
    // Nobody else sends SIGKILL: the watchdog's time is not over, and nothing stops the service.
    try box.waitForJournal("code=killed, status=9/KILL")
    try box.waitForJournal("Scheduled restart job")
    #expect(try #require(Int(try box.property("NRestarts"))) >= 1)

    try box.shell(
      """
      rm /etc/systemd/system/neardupd.service.d/test.conf
      cp \(Sources.root)/systemd/drop-ins/memory.conf /etc/systemd/system/neardupd.service.d/
      systemctl daemon-reload
      systemctl restart neardupd
      """)
    #expect(try box.property("MemoryMax") == "\(24 << 30)")
    let lines = try box.waitForLines(6)
    #expect(box.hasNoGap(lines))
    #expect(lines[5].contains("\"path\":\"hog.txt\""))
    #expect(lines[5].contains("\"event\":\"assigned\""))
  }

  @Test("the unit as it is shipped has limits, and the kernel knows them")
  func shipped() throws {
    let box = try Box.withService(withLimits: true)
    try box.run(["systemctl", "start", "neardupd"])
    #expect(try box.property("MemoryMax") == "\(4 << 30)")
    #expect(try box.property("TasksMax") == "512")
    let found = try box.shell(
      """
      group=$(systemctl show --value --property ControlGroup neardupd)
      cat /sys/fs/cgroup/memory$group/memory.limit_in_bytes /sys/fs/cgroup$group/memory.max \
        2>/dev/null || true
      cat /sys/fs/cgroup/pids$group/pids.max /sys/fs/cgroup$group/pids.max 2>/dev/null || true
      """)
    #expect(found == "\(4 << 30)\n512\n")
    #expect(try #require(Int(try box.property("MemoryCurrent"))) < 256 << 20)
  }
}
