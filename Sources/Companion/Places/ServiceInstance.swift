// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One of several daemons on a host, as `neardupd@.service` runs them; the places are the unit's.
struct ServiceInstance: Sendable, Equatable {
  let name: String

  /// Nil for what cannot be the name of a user and a directory.
  init?(_ name: some StringProtocol) {
    let isName = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "_.-".utf8.contains(byte)
    }
    guard isName, !name.isEmpty, name.utf8.count <= 64, name.first != "." else { return nil }
    self.name = String(name)
  }

  /// The instance whose directories a path lies in, as they are below /var/lib, /var/log and
  /// /var/spool; nil for any other path.
  init?(around path: some StringProtocol) {
    for parent in ["/var/lib/", "/var/log/", "/var/spool/"] {
      let mark = "\(parent)neardupd-"
      guard path.hasPrefix(mark) else { continue }
      self.init(path.dropFirst(mark.count).prefix { $0 != "/" })
      return
    }
    return nil
  }

  var configuration: String { "/etc/neardupd/\(name).toml" }

  /// What the unit's environment names as places; see systemd.exec(5).
  var environment: [String: String] {
    [
      "STATE_DIRECTORY": "/var/lib/neardupd-\(name)",
      "LOGS_DIRECTORY": "/var/log/neardupd-\(name)",
      "SPOOL_DIRECTORY": "/var/spool/neardupd-\(name)",
    ]
  }
}
