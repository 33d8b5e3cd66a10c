// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// Every fault that a server meets, made for real on the real daemon.
///
/// One after the other: some change limits of the whole machine, and all of them keep it busy.
@Suite("Faults", .serialized, .timeLimit(.minutes(LongForms.timeLimit)))
enum Faults {
  /// Whether the long forms run: NEARDUPD_EXTENDED=1.
  static let isExtended = LongForms.areAskedFor

  /// Whether this process may mount, set limits and make devices.
  static let isPrivileged = geteuid() == 0 && SmallFileSystem.isPossible

  /// Whether a small ext4 on a loop device can be had.
  static let hasLoopMounts = isPrivileged && (try? LoopFileSystem(megabytes: 8)) != nil
}

extension Trait where Self == ConditionTrait {
  static var privileged: Self {
    .enabled("needs root and the right to mount") { Faults.isPrivileged }
  }

  static var loopMounts: Self {
    .enabled("needs root, loop devices and mkfs.ext4") { Faults.hasLoopMounts }
  }

  static var extended: Self {
    .enabled("only in the extended form, NEARDUPD_EXTENDED=1") { Faults.isExtended }
  }

  static func tool(_ name: String) -> Self {
    .enabled("needs \(name)") { Tool.isThere(name) }
  }
}
