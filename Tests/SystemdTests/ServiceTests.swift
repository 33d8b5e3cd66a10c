// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite(
  "In a booted systemd: the service", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct ServiceTests {
  @Test("start returns when the watches stand, and status tells what it does")
  func start() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    #expect(try box.property("ActiveState") == "active")
    #expect(
      try box.property("StatusText")
        == "watching 1 directory: 0 documents, 0 clusters in 0 stories, queue 0")
    let status = try box.run(["systemctl", "status", "neardupd"])
    #expect(status.contains("Status: \"watching 1 directory"))
    #expect(status.contains("man:neardupd(8)"))
    // Nothing but the start is worth a message, and nothing is wrong.
    let messages = try box.run(["journalctl", "-u", "neardupd", "-p", "warning", "-o", "cat"])
    #expect(messages.isEmpty, "\(messages)")
  }

  @Test("a member of the group drops a file and finds its line; others may not drop")
  func members() throws {
    let box = try Box.withService()
    try box.shell(
      """
      systemctl start neardupd
      useradd --groups neardupd reporter
      useradd stranger
      runuser -u reporter -- cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/story.txt
      """)
    let line = try box.waitForLines(1)[0]
    #expect(line.contains("\"event\":\"assigned\""))
    #expect(line.contains("\"path\":\"story.txt\""))
    let refused = try box.failure(
      of: "runuser -u stranger -- cp /etc/hostname \(Box.drop)/other.txt")
    #expect(try #require(refused).contains("Permission denied"))
    // The state is nobody else's business, a member's neither.
    let hidden = try box.failure(of: "runuser -u stranger -- ls /var/lib/neardupd")
    #expect(try #require(hidden).contains("Permission denied"))
  }

  @Test("a drop directory under /home: what hides it is said, and the drop-in shows it")
  func home() throws {
    let box = try Box.withService()
    try box.shell(
      """
      mkdir -p /home/desk/outgoing
      printf '[drop]\\ndirectories = ["/home/desk/outgoing"]\\n' >/etc/neardupd/neardupd.toml
      systemctl start neardupd
      """)
    try box.waitForJournal("(ProtectHome=): take the drop-in home.conf")
    try box.shell(OperationsPage().recipe("Who may drop files", with: "home.conf"))
    try box.shell("cp \(Sources.wireStory)/a-site-copy.txt /home/desk/outgoing/")
    #expect(try box.waitForLines(1)[0].contains("\"event\":\"assigned\""))
  }

  @Test("who may not read the state is told whom to ask")
  func reading() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    for command in ["clusters", "threshold", "export", "tail --no-follow"] {
      let said = try box.shell("runuser -u nobody -- neardup \(command) 2>&1 || echo status $?")
      #expect(said.hasSuffix("status 74\n"), "\(said)")
      #expect(said.contains("ask as root or as a member of the daemon's group"), "\(said)")
      #expect(!said.contains("right to write"), "\(said)")
    }
  }

  static let hasPrograms = ["pdftotext", "bsdtar", "bsdcat", "catdoc"].allSatisfy {
    FileSystem.exists("/usr/bin/\($0)")
  }

  @Test(
    "programs that read PDF and the like can do so with what the unit may do",
    .enabled(if: hasPrograms, "poppler-utils, libarchive-tools or catdoc is not installed"))
  func extractors() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    let text = "The ferry left the harbour at nine and reached the island when it was late.\n"
    let files = [
      ("a.pdf", PDFFile.bytes(text)), ("b.docx", OfficeFiles.docx(text)),
      ("c.doc", OfficeFiles.doc(text)), ("d.gz", try GzipFile.compressed(text.utf8)),
    ]
    for (name, bytes) in files {
      let octal = bytes.map { "\\" + String(UInt16($0) + 0o1000, radix: 8).dropFirst() }.joined()
      try box.shell(
        "printf '\(octal)' >\(Box.drop)/.part; mv \(Box.drop)/.part \(Box.drop)/\(name)")
    }
    let lines = try box.waitForLines(files.count)
    for line in lines {
      #expect(line.contains("\"event\":\"assigned\""), "\(line)")
      #expect(line.contains("\"words\":15"), "\(line)")
      #expect(line.contains("\"cluster\":\"c1\""), "\(line)")
    }
    let messages = try box.run(["journalctl", "-u", "neardupd", "-p", "warning", "-o", "cat"])
    #expect(messages.isEmpty, "\(messages)")
  }

  @Test("the journal has fields for programs and explanations for people")
  func journal() throws {
    let box = try Box.withService()
    try box.shell("systemctl start neardupd; journalctl --sync")
    let entry = try box.shell(
      """
      journalctl -u neardupd -o json MESSAGE_ID=4bcaf08bb21b4b27aa4cec1c32012d52
      """)
    for field in [
      "\"MESSAGE\":\"started", "\"SYSLOG_IDENTIFIER\":\"neardupd\"", "\"PRIORITY\":\"5\"",
      "\"NEARDUPD_VERSION\":", "\"_SYSTEMD_UNIT\":\"neardupd.service\"",
    ] {
      #expect(entry.contains(field), "\(field) in \(entry)")
    }
    let explained = try box.run(["journalctl", "-u", "neardupd", "-x"])
    #expect(explained.contains("Subject: neardupd watches its drop directories"))
  }

  @Test("a reload takes a good configuration and refuses a bad one")
  func reload() throws {
    let box = try Box.withService()
    try box.shell(
      """
      systemctl start neardupd
      printf '[drop]\\nmax-size = "100B"\\n' >/etc/neardupd/neardupd.toml
      systemctl reload neardupd
      """)
    try box.waitForJournal("reloaded")
    try box.dropWireStory()
    #expect(try box.waitForLines(5).allSatisfy { $0.contains("\"too-large\"") })

    let said = try box.failure(
      of: """
        printf '[drop]\\nmax-siz = "1MiB"\\n' >/etc/neardupd/neardupd.toml
        systemctl reload neardupd
        """)
    #expect(said != nil, "systemctl reload tells that it failed")
    try box.waitForJournal("max-size")
    // The signal alone: the daemon refuses the file itself, and goes on as it was.
    try box.shell("systemctl kill --kill-whom=main --signal=HUP neardupd")
    try box.waitForJournal("the old one stays in force")
    #expect(try box.property("ActiveState") == "active")
    try box.shell("head -c 200 /dev/zero | tr '\\\\0' x >\(Box.drop)/large.txt")
    #expect(try box.waitForLines(6)[5].contains("\"too-large\""))
  }

  @Test("a wrong configuration at the start fails once, with the reason")
  func wrongConfiguration() throws {
    let box = try Box.withService()
    let said = try box.failure(
      of: """
        printf '[dorp]\\n' >/etc/neardupd/neardupd.toml
        systemctl start neardupd
        """)
    #expect(said != nil)
    #expect(try box.property("ExecMainStatus") == "78")
    #expect(try box.property("ActiveState") == "failed")
    #expect(try box.property("NRestarts") == "0")
    try box.waitForJournal("dorp")
  }
}
