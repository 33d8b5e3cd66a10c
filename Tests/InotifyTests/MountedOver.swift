// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// tmpfs over a directory, for as long as the value lives.
struct MountedOver: ~Copyable {
  let path: String

  init(_ path: String) throws {
    self.path = path
    guard mount("neardupd-test", path, "tmpfs", 0, "size=64k") == 0 else {
      throw SystemCallFailure("mount", path)
    }
  }

  deinit {
    umount2(path, Int32(MNT_DETACH))
  }

  /// Tried out, since root alone is not enough in many containers.
  static let isPossible: Bool = {
    guard let directory = try? TemporaryDirectory() else { return false }
    return (try? MountedOver(directory.path)) != nil
  }()
}
