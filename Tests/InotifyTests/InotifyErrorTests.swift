// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Testing

@testable import Inotify

@Suite("Inotify error", .timeLimit(.minutes(10)))
struct InotifyErrorTests {
  private let path = Array("/srv/drop".utf8)

  @Test("explains the watch limit by its sysctl, never as a full disk")
  func watchLimit() {
    let error = InotifyError.watching(path, SystemCalls.Failure(errno: ENOSPC))
    #expect(error.code == .watchLimitReached)
    #expect(error.limit != nil)
    let text = error.description
    #expect(text.contains("\"/srv/drop\""))
    #expect(text.contains("fs.inotify.max_user_watches = \(error.limit ?? 0)"))
    #expect(text.contains("sysctl -w fs.inotify.max_user_watches="))
    #expect(!text.lowercased().contains("disk") && !text.contains("space"))
  }

  @Test(
    "advises a value above the present one",
    arguments: [
      (8192, "=524288,"), (524_288, "=1048576,"), (1_000_000, "=2000000,"), (nil, "=524288,"),
    ] as [(Int?, String)])
  func advice(present: Int?, advised: String) {
    let error = InotifyError(
      code: .watchLimitReached, errno: ENOSPC, path: path, operation: "x", limit: present)
    #expect(error.description.contains(advised))
  }

  @Test("explains the instance limit")
  func instanceLimit() {
    let error = InotifyError.creating(SystemCalls.Failure(errno: EMFILE))
    #expect(error.code == .instanceLimitReached)
    #expect(error.description.contains("fs.inotify.max_user_instances"))
  }

  @Test(
    "sorts what an operator can do about",
    arguments: [
      (ENOENT, InotifyError.Code.notFound), (EACCES, .permissionDenied), (EPERM, .permissionDenied),
      (ENOTDIR, .notADirectory), (EIO, .other),
    ])
  func codes(errno: Int32, code: InotifyError.Code) {
    let error = InotifyError.watching(path, SystemCalls.Failure(errno: errno))
    #expect(error.code == code && error.errno == errno)
    #expect(error.description.contains("/srv/drop"))
  }

  @Test("stays on one line whatever the path holds")
  func oneLine() {
    let error = InotifyError.watching(
      [0x2F, 0x0A, 0x1B, 0xE9], SystemCalls.Failure(errno: ENOENT))
    #expect(error.description.contains("/\\u{a}\\u{1b}\u{FFFD}"))
    #expect(!error.description.contains("\n"))
  }

  @Test("words what has no code of its own")
  func other() {
    let error = InotifyError.watching(path, SystemCalls.Failure(errno: EIO))
    #expect(
      error.description == "inotify_add_watch of \"/srv/drop\": Input/output error (errno 5)")
  }
}
