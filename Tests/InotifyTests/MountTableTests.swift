// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import TestSupport
import Testing

@Suite("Mount table", .timeLimit(.minutes(10)))
struct MountTableTests {
  private static let sample = """
    22 28 0:21 / /proc rw,relatime shared:5 master:1 - proc proc rw
    31 28 8:1 /srv /srv/with\\040space rw - ext4 /dev/sda1 rw
    77 31 0:50 / /srv/n\\134fs rw shared:9 - nfs4 host:/export rw,vers=4.2
    this line is not one
    x 31 0:50 / / rw - a b c

    """

  @Test("parses mountinfo, optional fields and escapes included")
  func parse() {
    let mounts = MountTable.parse(Array(Self.sample.utf8))
    #expect(mounts.map(\.id) == [22, 31, 77])
    #expect(mounts.map(\.type) == ["proc", "ext4", "nfs4"])
    #expect(mounts[1].mountPoint == Array("/srv/with space".utf8))
    #expect(mounts[2].mountPoint == Array("/srv/n\\fs".utf8))
  }

  @Test("survives any cut of its lines")
  func truncated() {
    let bytes = Array(Self.sample.utf8)
    for length in 0..<bytes.count {
      #expect(MountTable.parse(Array(bytes[..<length])).count <= 3)
    }
  }

  @Test("shows what is mounted, time after time")
  func real() throws {
    let table = try MountTable()
    let first = try table.mounts()
    #expect(!first.isEmpty)
    #expect(try table.mounts().map(\.id).contains(first[0].id))
  }

  @Test(
    "wakes poll when something is mounted over a directory, and when it goes",
    .enabled(if: MountedOver.isPossible, "needs root and mount(2)"))
  func wakes() throws {
    let directory = try TemporaryDirectory()
    let table = try MountTable()
    var readiness = Readiness()
    readiness.watch(table.descriptor, for: .urgent)
    do {
      let mounted = try MountedOver(directory.path)
      #expect(try readiness.wait(timeout: .seconds(5)) == 1)
      #expect(readiness.events(of: table.descriptor).contains(.urgent))
      let mount = try table.mounts().last { $0.mountPoint == Array(mounted.path.utf8) }
      #expect(mount?.type == "tmpfs")
    }
    #expect(try readiness.wait(timeout: .seconds(5)) == 1)
    #expect(try !table.mounts().contains { $0.mountPoint == Array(directory.path.utf8) })
  }

  @Test(
    "inotify alone does not notice a mount over the directory",
    .enabled(if: MountedOver.isPossible, "needs root and mount(2)"))
  func inotifyIsBlind() throws {
    let drop = try WatchedDirectory()
    do {
      let mounted = try MountedOver(drop.path)
      try FileSystem.write("text".utf8, to: mounted.path + "/unseen")
    }
    #expect(try drop.reports().isEmpty)
  }
}
