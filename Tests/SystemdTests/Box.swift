// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A systemd and a journald of a test's own, booted by scripts/systemd-box; gone with the object.
final class Box: Sendable {
  static let clusterLog = "/var/log/neardupd/clusters.jsonl"
  static let drop = "/var/spool/neardupd/drop"

  let place: String
  private let directory: TemporaryDirectory

  /// Whether this machine lets one boot: root, its rights over namespaces and mounts, systemd.
  static let isPossible: Bool = {
    let probe = """
      test -x /lib/systemd/systemd && unshare --mount --propagation private --pid --fork \
      --cgroup sh -c 'mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t overlay \
      -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w o /mnt/r && mount -t cgroup2 c /mnt/u'
      """
    let process = try? ChildProcess("sh", ["-c", probe], environment: environment)
    return (try? process?.waitForExit(within: 30)) == .exited(0)
  }()

  /// Whether a box can have limits on memory enforced.
  static let enforcesLimits: Bool = isPossible && (try? Box(withLimits: true)) != nil

  /// - Parameter withLimits: Whether limits on memory and tasks are enforced, for which the machine
  ///   needs these controllers.
  init(sharing more: [String] = [], withLimits: Bool = false) throws {
    directory = try TemporaryDirectory()
    place = directory.path("box")
    let shared = [Sources.root, Sources.programs] + more
    try Self.systemdBox(
      ["start", place, "--owner", "\(getpid())"] + (withLimits ? ["--limits"] : [])
        + shared.flatMap { ["--share", $0] })
  }

  /// A box in which scripts/install has put the programs under test, not yet started.
  static func withService(dropIn: String? = nil, withLimits: Bool = false) throws -> Box {
    let box = try Box(withLimits: withLimits)
    try box.bringLibraries()
    try box.run([Sources.script("install"), "--neardupd", Sources.daemon], within: 120)
    if let dropIn { try box.addDropIn(dropIn) }
    return box
  }

  deinit {
    _ = try? Self.systemdBox(["stop", place])
  }

  /// Runs a command as root in the box and answers what it printed; fails where it fails.
  @discardableResult
  func run(_ command: [String], within seconds: Double = 60) throws -> String {
    do {
      return try Self.systemdBox(["run", place] + command, within: seconds)
    } catch let failure as CommandFailure {
      throw CommandFailure(
        command: failure.command, status: failure.status,
        said: failure.said + "\n" + journalOfService)
    }
  }

  /// The last that the service and systemd said of it: why it would not start stands there only.
  private var journalOfService: String {
    let journal = ["journalctl", "--no-pager", "--lines", "12", "--unit", "neardupd*"]
    return (try? Self.systemdBox(["run", place] + journal)) ?? ""
  }

  /// The same with a script for bash, which ends at the first command that fails.
  @discardableResult
  func shell(_ script: String, within seconds: Double = 60) throws -> String {
    try run(["bash", "-euo", "pipefail", "-c", script], within: seconds)
  }

  /// What a script said that is to fail, or nil when it did not.
  func failure(of script: String) throws -> String? {
    do {
      try shell(script)
      return nil
    } catch let failure as CommandFailure {
      return failure.said
    }
  }

  func reboot() throws {
    try Self.systemdBox(["reboot", place], within: 150)
  }

  func addDropIn(_ text: String) throws {
    try shell(
      """
      mkdir -p /etc/systemd/system/neardupd.service.d
      printf '%s\\n' '\(text)' >>/etc/systemd/system/neardupd.service.d/test.conf
      systemctl daemon-reload
      """)
  }

  /// A property of the unit, as systemctl(1) shows it.
  func property(_ name: String, of unit: String = "neardupd.service") throws -> String {
    let answer = try run(["systemctl", "show", "--value", "--property", name, unit])
    return String(answer.prefix { $0 != "\n" })
  }

  /// The libraries of a toolchain may be where the unit sees nothing, such as under /root.
  func bringLibraries() throws {
    try shell(
      """
      ldd \(Sources.daemon) | awk '$3 ~ "^/" && $3 !~ "^/(usr/)?lib/" { print $3 }' |
        xargs -r cp -t /usr/local/lib
      ldconfig
      """)
  }

  @discardableResult
  private static func systemdBox(
    _ arguments: [String], within seconds: Double = 90
  ) throws -> String {
    let process = try ChildProcess(
      Sources.script("systemd-box"), arguments, environment: environment)
    let status = try process.waitForExit(within: seconds)
    guard status == .exited(0) else {
      throw CommandFailure(
        command: arguments.joined(separator: " "), status: status,
        said: process.standardError + process.standardOutput)
    }
    return process.standardOutput
  }

  private static var environment: [String: String] {
    ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/sbin:/usr/bin:/sbin:/bin"]
  }
}
