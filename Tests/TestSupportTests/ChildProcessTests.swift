// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite("ChildProcess", .timeLimit(.minutes(10)))
struct ChildProcessTests {
  @Test("output, environment and exit status come back")
  func answers() throws {
    let child = try ChildProcess(
      "/bin/sh", ["-c", "echo $GREETING; echo trouble >&2; exit 7"],
      environment: ["GREETING": "hello"])
    #expect(try child.waitForExit(within: 10) == .exited(7))
    #expect(child.standardOutput == "hello\n")
    #expect(child.standardError == "trouble\n")
  }

  @Test("a signal that ended it is told from a status")
  func signalled() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "read forever < /dev/zero"])
    child.send(SIGKILL)
    #expect(try child.waitForExit(within: 10) == .signalled(SIGKILL))
    #expect(child.exitStatus == .signalled(SIGKILL))
  }

  @Test("waiting ends at the deadline")
  func deadline() throws {
    let child = try ChildProcess("/bin/sh", ["-c", "read forever < /dev/zero"])
    #expect(throws: Overdue.self) { try child.waitForExit(within: 0.05) }
    #expect(child.exitStatus == nil)
  }

  @Test("a program that is not there is an error, not a child")
  func missing() {
    #expect(throws: SystemCallFailure.self) { try ChildProcess("/nowhere/at-all") }
  }

  @Test("many at once do not keep each other's ends from being seen")
  func manyAtOnce() async throws {
    try await withThrowingTaskGroup(of: ExitStatus.self) { group in
      for number in 0..<40 {
        group.addTask {
          try ChildProcess("/bin/sh", ["-c", "exit \(number)"]).waitForExit(within: 20)
        }
      }
      var codes: Set<Int32> = []
      for try await status in group {
        if case .exited(let code) = status { codes.insert(code) }
      }
      #expect(codes == Set(0..<40))
    }
  }
}
