// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The chapter on results into other systems, as it is typed.
@Suite(
  "In a booted systemd: results into other systems", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct RecipeTests {
  private static func isThere(_ program: String) -> Bool { access(program, X_OK) == 0 }
  private static let canRotate = isThere("/usr/sbin/logrotate")

  /// Writes what is sent to a port of this host to a file: lines over TCP, or bodies over HTTP.
  private static let listener = """
    import http.server, socketserver, sys
    out = open("/received", "ab", buffering=0)
    class Lines(socketserver.StreamRequestHandler):
        def handle(self):
            for line in self.rfile: out.write(line)
    class Bodies(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            out.write(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()
    kind = {"lines": Lines, "bodies": Bodies}[sys.argv[1]]
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[2])), kind).serve_forever()
    """

  private let page: OperationsPage

  init() throws { page = try OperationsPage() }

  private func box(listeningFor kind: String, at port: Int) throws -> Box {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    try listen(box, for: kind, at: port)
    return box
  }

  private func listen(_ box: Box, for kind: String, at port: Int) throws {
    try box.run([
      "systemd-run", "--quiet", "--unit=listener", "/usr/bin/python3", "-c", Self.listener, kind,
      "\(port)",
    ])
    try box.waitForListener(at: port)
  }

  /// Rotates the log away, twice, so that the first part is compressed; a document more in each.
  private func rotate(_ box: Box, _ name: String = "again") throws {
    for number in 1...2 {
      try box.shell("logrotate --force /etc/logrotate.d/neardupd")
      try box.shell("cp \(Sources.wireStory)/c-spun.txt \(Box.drop)/\(name)-\(number).txt")
      try box.waitForLines(1)
    }
  }

  /// Waits for so many lines of a file and answers their numbers.
  private func sequences(_ count: Int, of file: String, in box: Box) throws -> [Int] {
    try box.waitForLines(count, of: file).map { line in
      let digits = line.drop { !$0.isNumber }
      if line.first == "{" {
        return try JSONValue(parsing: line.utf8)["seq"]?.integer ?? 0
      }
      return Int(digits.prefix { $0.isNumber }) ?? 0
    }
  }

  @Test(
    "the program has each decision once, over its own restart and two rotations of the log",
    .enabled(if: canRotate, "needs logrotate"))
  func program() throws {
    let box = try Box.withService()
    let run = """
      systemd-run --quiet --unit=consumer --property=User=reader \
        --property=WorkingDirectory=/home/reader --property=StandardOutput=append:/consumed \
        /home/reader/consumer.py
      """
    try box.shell(
      """
      systemctl start neardupd
      useradd --create-home --groups neardupd reader
      cd /home/reader
      \(page.recipe("A program", with: "consumer.py"))
      \(run)
      """)
    try box.dropWireStory()
    #expect(try sequences(5, of: "/consumed", in: box) == Array(1...5))
    try rotate(box)
    #expect(try sequences(7, of: "/consumed", in: box) == Array(1...7))
    try box.run(["systemctl", "stop", "consumer"])
    try rotate(box, "meanwhile")
    try box.shell(run)
    #expect(try sequences(9, of: "/consumed", in: box) == Array(1...9))
  }

  @Test(
    "rsyslog sends each line on, through rotations",
    .enabled(if: isThere("/usr/sbin/rsyslogd") && canRotate, "needs rsyslog and logrotate"))
  func rsyslog() throws {
    let box = try box(listeningFor: "lines", at: 5170)
    // What the package makes is below /var/spool, which is empty in here.
    try box.run(["mkdir", "-p", "/var/spool/rsyslog"])
    try box.shell(
      page.recipe("rsyslog", with: "imfile", replacing: [("collector.example.org", "127.0.0.1")]))
    try box.dropWireStory()
    #expect(try sequences(5, of: "/received", in: box) == Array(1...5))
    try rotate(box)
    #expect(try sequences(7, of: "/received", in: box) == Array(1...7))
    let sent = try box.shell("head -n 5 /received | cmp - <(zcat \(Box.clusterLog).2.gz)")
    #expect(sent.isEmpty)
  }

  @Test(
    "the webhook gets each record, also what it did not take at first",
    .enabled(if: isThere("/usr/bin/curl") && canRotate, "needs curl and logrotate"))
  func webhook() throws {
    let box = try box(listeningFor: "bodies", at: 8080)
    try box.shell(
      page.recipe(
        "A webhook", with: "PathModified",
        replacing: [
          ("https://hooks.example.org/neardupd", "http://127.0.0.1:8080/"),
          ("RestartSec=30", "RestartSec=1"),
        ]))
    try box.dropWireStory()
    // What comes in the moment that the page tells of is sent with the next.
    try box.waitForLines(5)
    try box.shell("systemctl start neardup-webhook.service")
    #expect(try sequences(5, of: "/received", in: box) == Array(1...5))
    try box.run(["systemctl", "stop", "listener"])
    try rotate(box)
    try box.waitForJournal("Failed to connect", of: "neardup-webhook")
    try listen(box, for: "bodies", at: 8080)
    #expect(try sequences(7, of: "/received", in: box) == Array(1...7))
  }

  @Test("the timer keeps a page for a web server, whether or not the daemon runs")
  func reportTimer() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "start", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    try box.shell(page.recipe("A page for a web server", with: "neardup-report.timer"))
    let file = "/var/cache/neardup-report/index.html"
    let wait = "timeout 60 bash -c 'until grep -qs \"$0\" \(file); do sleep 0.1; done'"
    try box.shell("\(wait) d-shuffled.txt")
    #expect(try box.shell("stat -c %U:%a \(file)") == "neardupd:644\n")
    try box.shell("useradd visitor; runuser -u visitor -- head -c 15 \(file)")
    try box.shell(
      """
      cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/later.txt
      head -n 6 <(tail -n +1 -F \(Box.clusterLog)) >/dev/null
      systemctl stop neardupd
      systemctl start neardup-report.service
      grep -q later.txt \(file)
      """)
    #expect(try box.property("ActiveState", of: "neardup-report.timer") == "active")
    #expect(
      try box.shell("systemctl show -P NextElapseUSecMonotonic neardup-report.timer") != "\n")
  }
}
