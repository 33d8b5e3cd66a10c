// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Inotify
import Testing

@Suite("Event mask", .timeLimit(.minutes(10)))
struct EventMaskTests {
  @Test(
    "names its bits as the man page does",
    arguments: [
      ([.create, .isDirectory], "CREATE|ISDIR"), (.queueOverflow, "Q_OVERFLOW"), ([], "NONE"),
      ([.unmount, .ignored], "UNMOUNT|IGNORED"), (EventMask(rawValue: 1 << 20), "0x100000"),
      ([.onlyDirectory, .modify], "MODIFY|ONLYDIR"),
    ] as [(EventMask, String)])
  func description(mask: EventMask, text: String) {
    #expect(mask.description == text)
  }

  @Test("has the kernel's values")
  func values() {
    #expect(EventMask.isDirectory.rawValue == UInt32(IN_ISDIR))
    #expect(EventMask.queueOverflow.rawValue == UInt32(IN_Q_OVERFLOW))
    #expect(EventMask.onlyDirectory.rawValue == 0x0100_0000)
    #expect(EventMask.added.rawValue == 0x2000_0000)
    #expect(EventMask.doNotFollow.rawValue == UInt32(IN_DONT_FOLLOW))
  }
}
