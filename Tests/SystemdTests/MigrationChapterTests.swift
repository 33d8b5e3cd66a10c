// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// What OPERATIONS.md has an administrator type to erase, relocate and decide anew.
@Suite(
  "In a booted systemd: erasing and moving", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct MigrationChapterTests {
  private let page: OperationsPage

  init() throws { page = try OperationsPage() }

  private func box() throws -> Box {
    let box = try Box.withService()
    try box.shell(
      """
      systemctl start neardupd
      install -d -m 2770 -g neardupd \(Box.drop)/wire
      cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/wire/2026-11-21.txt
      """)
    try box.waitForLines(1)
    try box.shell("cp \(Sources.wireStory)/c-spun.txt \(Box.drop)/spun.txt")
    try box.waitForLines(2)
    return box
  }

  @Test("root erases a document of the running service, and takes it out of old logs")
  func erasing() throws {
    let box = try box()
    try box.shell("useradd --groups neardupd reporter")
    let refused = try box.failure(of: "runuser -u reporter -- neardup forget --document 1")
    #expect(refused != nil)
    try box.shell(page.recipe("Erasing documents", with: "--dry-run"))
    #expect(try box.waitForLines(3)[2].contains("\"reason\":\"requested\""))
    let left = try box.shell(
      "grep -c 2026-11-21.txt /var/lib/neardupd/neardupd.sqlite* || true; neardup clusters --json")
    #expect(!left.contains(":1"))
    #expect(!left.contains("2026-11-21.txt\""))
    try box.shell(page.recipe("Erasing documents", with: "redact"))
    let found = try box.shell("grep -l 2026-11-21 /var/log/neardupd/* || true; neardup verify")
    #expect(!found.contains("clusters.jsonl"), "\(found)")
    #expect(found.contains("all promises kept"))
    #expect(try box.property("ActiveState") == "active")
  }

  @Test("a drop directory goes elsewhere, and nothing is recorded again")
  func relocating() throws {
    let box = try box()
    try box.shell(page.recipe("Another path for a drop directory", with: "relocate"))
    try box.shell(
      """
      printf '[drop]\\ndirectories = ["/srv/incoming"]\\n' >/etc/neardupd/neardupd.toml
      systemctl start neardupd
      cp \(Sources.wireStory)/d-shuffled.txt /srv/incoming/new.txt
      """)
    let lines = try box.waitForLines(3)
    #expect(lines[2].contains("\"path\":\"new.txt\""))
    #expect(lines[2].contains("\"cluster\":\"c1\""))
    try box.shell("neardup verify")
  }

  @Test("all is decided anew beside the running service, which goes on with that")
  func rebuilding() throws {
    let box = try box()
    try box.shell(page.recipe("Deciding anew", with: "rebuild"))
    try box.shell(
      """
      cat >/etc/neardupd/neardupd.toml <<'END'
      [state]
      directory = "/var/lib/neardupd/rebuilt"
      [log]
      path = "/var/log/neardupd/rebuilt.jsonl"
      END
      systemctl restart neardupd
      cp \(Sources.wireStory)/d-shuffled.txt \(Box.drop)/new.txt
      """)
    let lines = try box.waitForLines(3, of: "/var/log/neardupd/rebuilt.jsonl")
    #expect(box.hasNoGap(lines))
    #expect(lines[2].contains("\"cluster\":\"c1\""))
    try box.shell("neardup verify")
  }

  @Test("a back-file is recorded without the service, which goes on with it")
  func backFile() throws {
    let box = try box()
    for name in ["b-long-copy.txt", "d-shuffled.txt"] {
      // The daemon may take it before it is stopped, or not: it is recorded once.
      try box.shell("cp \(Sources.wireStory)/\(name) \(Box.drop)/wire/\(name)")
    }
    try box.shell(page.recipe("Ten million files", with: "--once"))
    try box.shell("systemctl stop neardupd; runuser -u neardupd -- neardupd --once")
    try box.shell("systemctl start neardupd")
    let lines = try box.waitForLines(4)
    #expect(lines.count == 4 && box.hasNoGap(lines))
    #expect(try box.property("ActiveState") == "active")
    try box.shell("neardup verify")
  }
}
