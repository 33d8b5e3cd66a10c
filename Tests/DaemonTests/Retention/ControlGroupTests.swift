// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

/// Memory limits of control groups as both versions tell of them.
struct ControlGroupTests {
  private func limit(_ membership: String, _ files: [String: String]) -> Int? {
    ControlGroup.memoryLimit(membership: Array(membership.utf8)) { path in
      files[path].map { Array($0.utf8) }
    }
  }

  @Test func theLeastOfTheGroupAndThoseAboveItCounts() {
    let files = [
      "/sys/fs/cgroup/system.slice/neardupd.service/memory.max": "max\n",
      "/sys/fs/cgroup/system.slice/memory.max": "4294967296\n",
      "/sys/fs/cgroup/memory.max": "8589934592\n",
    ]
    #expect(limit("0::/system.slice/neardupd.service\n", files) == 4 << 30)
  }

  @Test func theFirstVersionHasAControllerOfItsOwn() {
    let group = "/sys/fs/cgroup/memory/box/service/memory.limit_in_bytes"
    let files = [
      group: "1073741824\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    ]
    let membership = "7:pids:/other\n4:cpu,memory:/box/service\n0::/box\n"
    #expect(limit(membership, files) == 1 << 30)
  }

  @Test(arguments: ["", "0::/a\n", "nonsense\n", "4:memory:/a/../b\n"])
  func withoutALimitThereIsNone(membership: String) {
    #expect(limit(membership, ["/sys/fs/cgroup/a/memory.max": "max"]) == nil)
    #expect(limit(membership, ["/sys/fs/cgroup/a/memory.max": "99999999999999999999"]) == nil)
  }

  @Test func whatCannotBeReadSaysNothing() {
    #expect(ControlGroup.memoryLimit(membership: nil) { _ in nil } == nil)
  }
}
