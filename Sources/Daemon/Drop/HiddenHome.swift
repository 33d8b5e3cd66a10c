// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Home directories, which the unit hides from the daemon (`ProtectHome=`, systemd.exec(5)): that
/// looks like a permission that is missing, and no permission helps.
struct HiddenHome {
  private static let places = ["/home", "/root", "/run/user"]

  /// Whether a service manager has started the process.
  let isService: Bool
  /// Whether the process may look below a directory.
  let canSearch: @Sendable (String) -> Bool

  /// As this process finds it.
  static let present = HiddenHome(isService: getenv("INVOCATION_ID") != nil) {
    access($0, X_OK) == 0
  }

  /// What to do about a directory that cannot be opened; nil where nothing hides it.
  func remedy(for path: [UInt8]) -> String? {
    let place = Self.places.first { path.starts(with: Array("\($0)/".utf8)) }
    guard let place, isService, !canSearch(place) else { return nil }
    return "the unit hides \(place) (ProtectHome=): take the drop-in home.conf, see \"Who may drop "
      + "files\" in OPERATIONS.md"
  }
}
