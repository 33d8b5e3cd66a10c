// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// What the other chapters of OPERATIONS.md have an administrator type.
@Suite(
  "In a booted systemd: chapters", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct ChapterTests {
  private let page: OperationsPage

  init() throws { page = try OperationsPage() }

  private func box(_ more: String = "") throws -> Box {
    let box = try Box.withService()
    try box.shell("systemctl start neardupd\n\(more)")
    try box.dropWireStory()
    try box.waitForLines(5)
    return box
  }

  @Test(
    "a backup of a running daemon is restored, and what came after it is recorded again",
    .enabled(if: access("/usr/bin/sqlite3", X_OK) == 0, "needs sqlite3"))
  func backup() throws {
    let box = try box()
    try box.shell(page.recipe("Backups", with: ".backup"))
    try box.shell("cp \(Sources.wireStory)/c-spun.txt \(Box.drop)/later.txt")
    let before = try box.waitForLines(6)
    try box.shell(page.recipe("Backups", with: "aside="))
    let after = try box.waitForLines(6)
    #expect(box.hasNoGap(after))
    #expect(after.prefix(5) == before.prefix(5))
    #expect(after[5].contains("\"path\":\"later.txt\""))
    let aside = try box.shell("cat /var/backups/neardupd/before-*/clusters.jsonl")
    #expect(aside.split(separator: "\n").map(String.init) == before)
    try box.shell("neardup verify")
  }

  @Test("state and log move to another disk, and go on there")
  func moving() throws {
    let box = try box()
    try box.shell(page.recipe("Moving state and log to another disk", with: "cp -a"))
    try box.shell(
      """
      sed -i 's|^#directory = "/var/lib/neardupd"|directory = "/srv/neardupd/state"|
        s|^#path = .*|path = "/srv/neardupd/log/clusters.jsonl"|' /etc/neardupd/neardupd.toml
      install -D -t /etc/systemd/system/neardupd.service.d -m 0644 \
        /usr/share/doc/neardupd/examples/neardupd.service.d/places.conf
      systemctl daemon-reload && systemctl start neardupd
      cp \(Sources.wireStory)/c-spun.txt \(Box.drop)/later.txt
      """)
    let lines = try box.waitForLines(6, of: "/srv/neardupd/log/clusters.jsonl")
    #expect(box.hasNoGap(lines))
    #expect(lines[5].contains("\"relation\":\"identical\""))
    #expect(try box.run(["neardup", "clusters"]).contains("c1"))
  }

  @Test(
    "an access list that is inherited lets files in whose writers close them to the group",
    .enabled(if: access("/usr/bin/setfacl", X_OK) == 0, "needs acl"))
  func accessList() throws {
    let box = try Box.withService()
    try box.shell("useradd reporter; systemctl start neardupd")
    try box.shell(
      page.recipe("Who may drop files", with: "adduser", replacing: [("NAME", "reporter")]))
    func drop(_ name: String) throws {
      try box.shell(
        """
        cd \(Sources.wireStory)
        runuser -u reporter -- sh -c 'umask 077; cp a-site-copy.txt \(Box.drop)/\(name)'
        """
      )
    }
    try drop("closed.txt")
    #expect(try box.waitForLines(1)[0].contains("\"reason\":\"unreadable\""))
    try box.shell(page.recipe("Who may drop files", with: "setfacl"))
    try drop("open.txt")
    #expect(try box.waitForLines(2)[1].contains("\"path\":\"open.txt\""))
    #expect(try box.waitForLines(2)[1].contains("\"event\":\"assigned\""))
  }

  @Test(
    "an account that may do SFTP only delivers, by a rename",
    .enabled(if: access("/usr/sbin/sshd", X_OK) == 0, "needs openssh-server"))
  func sftp() throws {
    let box = try Box.withService()
    let settings = try page.recipe("Sharing the directory", with: "Match Group neardupd")
    try box.shell(
      """
      systemctl start neardupd
      useradd --create-home --groups neardupd feed
      cat >/etc/ssh/sshd_config.d/neardupd.conf <<'END'
      \(settings)END
      ssh-keygen -A
      mkdir -p /run/sshd
      sshd -t
      systemctl start ssh
      runuser -u feed -- sh -c 'umask 077; mkdir ~/.ssh; cd ~/.ssh
        ssh-keygen -q -t ed25519 -N "" -f key; cp key.pub authorized_keys'
      sftp -q -b - -i /home/feed/.ssh/key -o StrictHostKeyChecking=no feed@127.0.0.1 <<'END'
      put \(Sources.wireStory)/a-site-copy.txt .part
      rename .part story.txt
      END
      """)
    #expect(try box.waitForLines(1)[0].contains("\"path\":\"story.txt\""))
    #expect(try box.waitForLines(1)[0].contains("\"event\":\"assigned\""))
    let refused = try box.failure(
      of: "ssh -i /home/feed/.ssh/key -o StrictHostKeyChecking=no feed@127.0.0.1 id")
    #expect(refused?.contains("uid=") == false)
  }

  @Test("a trial on a sample tells what it takes, and what is to be looked at can be")
  func looking() throws {
    let box = try box()
    let sizes = try box.shell(
      page.recipe("Memory and disk", with: "SAMPLE", replacing: [("SAMPLE", Sources.wireStory)]))
    #expect(sizes.contains("/tmp/trial.jsonl"))
    #expect(try box.shell("wc -l </tmp/trial.jsonl") == "5\n")
    let limits = try box.shell(page.recipe("inotify limits", with: "sysctl"))
    #expect(limits.contains("fs.inotify.max_user_watches = "))
    #expect(try box.shell("systemctl show -P MemoryCurrent neardupd") != "\n")
    let seen = try box.shell(
      page.recipe("Seeing what it does", with: "systemctl status", replacing: [("-F ", "-n 1 ")]))
    #expect(seen.contains("Active: active"))
    // The programs are there, since the box has what the machine has.
    try box.shell(
      page.recipe("Memory and disk", with: "apt install", replacing: [("apt install", "true")]))
    #expect(try box.property("ActiveState") == "active")
  }
}
