// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// `neardupd@.service` as the chapter on several customers has it.
@Suite(
  "In a booted systemd: instances", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct InstanceTests {
  private static let chapter = "Several customers on one host"
  private let page: OperationsPage

  init() throws { page = try OperationsPage() }

  private func box(with names: String...) throws -> Box {
    let box = try Box.withService()
    for name in names {
      try box.shell(
        page.recipe(Self.chapter, with: "name=acme", replacing: [("name=acme", "name=\(name)")]))
    }
    return box
  }

  private static func drop(_ name: String) -> String { "/var/spool/neardupd-\(name)/drop" }
  private static func log(_ name: String) -> String {
    "/var/log/neardupd-\(name)/clusters.jsonl"
  }

  @Test("two instances and the main unit run beside each other, each with its own")
  func beside() throws {
    let box = try box(with: "acme", "b-2")
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropWireStory(into: Self.drop("acme"))
    try box.shell("cp \(Sources.wireStory)/e-other-agency.txt \(Self.drop("b-2"))/")
    for (name, count) in [("acme", 5), ("b-2", 1)] {
      let lines = try box.waitForLines(count, of: Self.log(name))
      #expect(box.hasNoGap(lines))
      let unit = "neardupd@\(name).service"
      #expect(try box.property("ActiveState", of: unit) == "active")
      #expect(try box.property("UnitFileState", of: unit) == "enabled")
      #expect(try box.property("Slice", of: unit) == "system-neardupd.slice")
      #expect(
        try box.shell("ps -o user:32= -p $(systemctl show -P MainPID \(unit))").hasPrefix(
          "neardupd-\(name)"))
      let mode = try box.shell("stat -c %U:%G:%a \(Self.drop(name))")
      #expect(mode == "root:neardupd-\(name):3770\n")
      let status = try box.run(["neardup", "--instance", name, "status"])
      #expect(status.contains(Self.drop(name)), "\(status)")
    }
    // What the command finds by its option, it finds by the directory as well.
    let listed = try box.run(["neardup", "clusters", "--instance", "acme", "--json"])
    #expect(listed.contains("a-site-copy.txt"))
    #expect(
      try box.shell("cd \(Self.drop("acme")) && neardup clusters --json 2>/dev/null") == listed)
    #expect(try box.shell("test ! -s \(Box.clusterLog) && echo none") == "none\n")
    let other = "/var/lib/neardupd-b-2 /var/log/neardupd-b-2 \(Self.drop("b-2"))"
    for place in other.split(separator: " ") {
      let said = try box.failure(of: "runuser -u neardupd-acme -- ls \(place)")
      #expect(said?.contains("Permission denied") == true, "\(place)")
    }
    // A mistake in one configuration is the matter of that one.
    let refused = try box.failure(
      of: "echo '[dorp]' >/etc/neardupd/b-2.toml; systemctl reload neardupd@b-2")
    #expect(refused != nil)
    try box.run(["systemctl", "reload", "neardupd@acme"])
    try box.run(["systemctl", "stop", "neardupd@b-2"])
    #expect(try box.property("ActiveState", of: "neardupd@acme.service") == "active")
    let seen = try box.shell(page.recipe(Self.chapter, with: "journalctl -u neardupd@acme"))
    #expect(seen.contains("neardupd@acme.service") && seen.contains("CLUSTER"), "\(seen)")
    try box.shell(page.recipe(Self.chapter, with: "set-property"))
    #expect(try box.property("MemoryMax", of: "system-neardupd.slice") == "\(16 << 30)")
  }

  @Test("members drop and read, and delete their own files only, also where the main unit watches")
  func sticky() throws {
    let box = try box(with: "acme")
    try box.shell("for who in anna ben; do useradd --groups neardupd $who; done")
    for who in ["anna", "ben"] {
      try box.shell(
        page.recipe(Self.chapter, with: "adduser", replacing: [("NAME", who)]))
    }
    try box.shell(page.recipe("Who may drop files", with: "3775"))
    #expect(try box.shell("stat -c %a \(Box.drop)") == "3775\n")
    try box.run(["systemctl", "start", "neardupd"])
    for (drop, log) in [(Self.drop("acme"), Self.log("acme")), (Box.drop, Box.clusterLog)] {
      try box.shell("runuser -u anna -- cp \(Sources.wireStory)/a-site-copy.txt \(drop)/a.txt")
      #expect(try box.waitForLines(1, of: log)[0].contains("\"event\":\"assigned\""))
      try box.shell("runuser -u ben -- cmp \(drop)/a.txt \(Sources.wireStory)/a-site-copy.txt")
      for attempt in ["rm -f \(drop)/a.txt", "mv \(drop)/a.txt \(drop)/b.txt"] {
        let said = try box.failure(of: "runuser -u ben -- \(attempt)")
        #expect(said?.contains("Operation not permitted") == true, "\(attempt): \(said ?? "")")
      }
      try box.shell("runuser -u anna -- rm \(drop)/a.txt")
    }
  }

  @Test(
    "an instance's log is rotated, and an instance goes as the chapter says",
    .enabled(if: access("/usr/sbin/logrotate", X_OK) == 0, "needs logrotate"))
  func rotated() throws {
    let box = try box(with: "acme")
    try box.dropWireStory(into: Self.drop("acme"))
    try box.waitForLines(5, of: Self.log("acme"))
    try box.shell("logrotate --force /etc/logrotate.d/neardupd-acme")
    try box.waitForJournal("the cluster log was reopened", of: "neardupd@acme")
    try box.shell("cp \(Sources.wireStory)/a-site-copy.txt \(Self.drop("acme"))/again.txt")
    #expect(try box.waitForLines(1, of: Self.log("acme"))[0].contains("\"seq\":6,"))
    // As long as a name may be, and one longer.
    let longest = String(repeating: "n", count: 22)
    try box.shell(
      "touch /etc/neardupd/\(longest){,n}.toml; systemctl start neardupd@\(longest)")
    #expect(try box.failure(of: "systemctl start neardupd@\(longest)n") != nil)
    try box.shell(
      """
      systemctl stop neardupd@\(longest)
      rm -r /var/*/neardupd-\(longest)* /etc/neardupd/\(longest)*
      """)
    let owner = try box.shell("stat -c %U:%G:%a \(Self.log("acme")).1")
    #expect(owner == "neardupd-acme:neardupd-acme:640\n")
    try box.shell(page.recipe(Self.chapter, with: "clean"))
    let left = try box.shell(
      "ls -d /var/*/neardupd-* /etc/*/*acme* /run/neardupd-* 2>/dev/null || true")
    #expect(left.isEmpty, "\(left)")
    #expect(try box.failure(of: "getent passwd neardupd-acme") != nil)
  }
}
