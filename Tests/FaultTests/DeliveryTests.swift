// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Crypto
import Glibc
import TestSupport
import Testing

extension Faults {
  /// Hosts of their own (network namespaces) that deliver over ssh at once, with lines that stall
  /// and break.
  @Suite(
    "Delivery", .privileged, .tool("sshd"), .tool("sftp"), .tool("scp"), .tool("rsync"),
    .tool("ip"))
  struct Delivery {
    @Test("two hosts deliver by sftp, rsync and scp, and their lines stall and break")
    func hosts() throws {
      let seconds = Faults.isExtended ? 600.0 : 6
      let places = try FaultPlaces()
      let network = try HostNetwork(hosts: 2)
      let daemon = try places.start()
      var random = SeededGenerator(seed: 51)
      var deliveries: [Upload] = []
      var finished: [String: String] = [:]
      var (stalls, breaks, number) = (0, 0, 0)
      let deadline = MonotonicDeadline(seconds: seconds)
      while !deadline.hasPassed || !deliveries.isEmpty {
        while deliveries.count < 6, !deadline.hasPassed {
          let way = Upload.Way.allCases[number % Upload.Way.allCases.count]
          deliveries.append(
            try Upload(number, way, from: network, host: number % 2, to: places.drop))
          number += 1
        }
        poll(nil, 0, 20)
        for index in deliveries.indices.reversed() {
          guard let status = try deliveries[index].look() else {
            switch Int.random(in: 0..<150, using: &random) {
            case 0: (breaks, stalls) = (breaks + (try deliveries[index].breakOff() ? 1 : 0), stalls)
            case 1...3: stalls += try deliveries[index].stall() ? 1 : 0
            default: break
            }
            continue
          }
          guard status == .exited(0) else {
            try deliveries[index].requireHope()
            // Begun anew, as whoever delivers does.
            try deliveries[index].begin(network)
            continue
          }
          finished[deliveries[index].name] = deliveries[index].digest
          deliveries.remove(at: index)
        }
      }
      let lines = try daemon.waitForLog("all that was delivered", within: 30) { lines in
        finished.allSatisfy { name, digest in
          lines.lines(for: name).last?["sha256"]?.string == digest
        }
      }
      #expect(try daemon.stop() == .exited(0))
      #expect(lines.brokenPromises == [])
      let pieces = lines.decided - finished.count
      // An upload that broke off left a part behind under the name, which is a version as well.
      #expect(pieces <= breaks, "\(pieces) versions of \(breaks) uploads that broke off")
      #expect(lines.skipped.isEmpty)
      #expect(finished.count >= (Faults.isExtended ? 400 : 6))
      let outcome = Outcome("hosts deliver by sftp, rsync, scp", rounds: finished.count)
      outcome.report("\(stalls) stalls, \(breaks) broken off, \(pieces) parts recorded")
    }
  }
}

/// One file on its way from another host.
private struct Upload {
  enum Way: CaseIterable { case sftp, rsync, scp }

  let name: String
  let digest: String
  private let way: Way
  private let host: Int
  private let source: String
  private let drop: String
  private var process: ChildProcess
  private var stalledUntil: MonotonicDeadline?
  private var beginnings = 0

  init(_ number: Int, _ way: Way, from network: HostNetwork, host: Int, to drop: String) throws {
    name = "\(way)-\(number).txt"
    (self.way, self.host, self.drop) = (way, host, drop)
    let text = Note.text(number, words: 2_000 + number % 7 * 1_000)
    digest = SHA256.hash(data: text).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    source = network.path("host-\(host)-\(name)")
    try FileSystem.write(text, to: source)
    process = try Self.start(way, network, host, source, "\(drop)/\(name)")
  }

  /// Nobody begins anew for ever.
  func requireHope() throws {
    guard beginnings > 20 else { return }
    throw Overdue("the delivery of \(name)", 20, found: process.standardError)
  }

  mutating func begin(_ network: HostNetwork) throws {
    beginnings += 1
    process = try Self.start(way, network, host, source, "\(drop)/\(name)")
  }

  /// How it ended; nil as long as it goes on, or is stalled.
  mutating func look() throws -> TestSupport.ExitStatus? {
    if let until = stalledUntil {
      if !until.hasPassed { return nil }
      stalledUntil = nil
      kill(-process.processID, SIGCONT)
    }
    return process.exitStatus
  }

  /// Stops the program and what it has started for a time; false when it is stopped already.
  mutating func stall() throws -> Bool {
    guard stalledUntil == nil else { return false }
    kill(-process.processID, SIGSTOP)
    stalledUntil = MonotonicDeadline(seconds: 1.5)
    return true
  }

  /// The line breaks.
  mutating func breakOff() throws -> Bool {
    guard stalledUntil == nil else { return false }
    kill(-process.processID, SIGKILL)
    return true
  }

  private static func start(
    _ way: Way, _ network: HostNetwork, _ host: Int, _ source: String, _ target: String
  ) throws -> ChildProcess {
    let address = "root@\(network.address(of: host))"
    let options = network.sshOptions
    let slow = ["-l", "1500"]
    let words: [String] =
      switch way {
      case .scp: ["scp", "-q"] + slow + options + [source, "\(address):\(target)"]
      case .sftp:
        [
          "sh", "-c",
          "put=\"put '$1' '$2'\"; shift 2; echo \"$put\" | sftp -q -b - -l 1500 \"$@\"", "sh",
          source, target,
        ] + options + [address]
      case .rsync:
        [
          "rsync", "-a", "--bwlimit=200", "-e", "ssh \(options.joined(separator: " "))", source,
          "\(address):\(target)",
        ]
      }
    return try network.run(words, on: host)
  }
}

/// Namespaces that are hosts to this one, and an sshd that they reach.
private final class HostNetwork: Sendable {
  private let directory: TemporaryDirectory
  private let names: [String]
  private let server: ChildProcess
  private static let port = 22_022

  init(hosts: Int) throws {
    directory = try TemporaryDirectory()
    names = (0..<hosts).map { "ndf\(getpid())-\($0)" }
    for key in ["host", "user"] {
      try Tool.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory.path(key))
    }
    let configuration = """
      Port \(Self.port)
      HostKey \(directory.path("host"))
      AuthorizedKeysFile \(directory.path("user.pub"))
      PermitRootLogin yes
      StrictModes no
      UsePAM no
      PidFile none
      MaxStartups 100
      Subsystem sftp internal-sftp
      """
    try FileSystem.write(configuration.utf8, to: directory.path("sshd_config"))
    try FileSystem.makeDirectory("/run/sshd")
    server = try ChildProcess(
      "/usr/sbin/sshd", ["-D", "-e", "-f", directory.path("sshd_config")],
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    for (number, name) in names.enumerated() {
      try Tool.run("ip", "netns", "add", name)
      let (near, far) = ("nd\(getpid())a\(number)", "nd\(getpid())b\(number)")
      try Tool.run("ip", "link", "add", near, "type", "veth", "peer", "name", far)
      try Tool.run("ip", "link", "set", far, "netns", name)
      try Tool.run("ip", "addr", "add", "\(address(of: number))/30", "dev", near)
      try Tool.run("ip", "link", "set", near, "up")
      let own = address(of: number, isFar: true)
      try Tool.run("ip", "-n", name, "addr", "add", "\(own)/30", "dev", far)
      try Tool.run("ip", "-n", name, "link", "set", far, "up")
    }
  }

  deinit {
    for name in names { _ = try? Tool.run("ip", "netns", "del", name) }
    server.send(SIGKILL)
  }

  func path(_ name: String) -> String { directory.path(name) }

  /// The server's address as a host sees it, or the host's own.
  func address(of host: Int, isFar: Bool = false) -> String {
    "10.233.\(host).\(isFar ? 2 : 1)"
  }

  var sshOptions: [String] {
    [
      "-oPort=\(Self.port)", "-oIdentityFile=\(directory.path("user"))",
      "-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null", "-oLogLevel=ERROR",
      "-oBatchMode=yes",
    ]
  }

  func run(_ words: [String], on host: Int) throws -> ChildProcess {
    try ChildProcess(
      "ip", ["netns", "exec", names[host]] + words,
      environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
  }
}
