// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Synchronization

/// A process that a test started: its own process group, its output in files, its end awaited.
///
/// Its end is noticed without a thread and without polling: the child inherits the write end of a
/// pipe that nobody else holds, so poll(2) reports a hang-up on the read end when it is gone.
package final class ChildProcess: Sendable {
  package let processID: Int32
  private let lifeline: Int32
  private let output: TemporaryDirectory
  private let ended = Mutex<ExitStatus?>(nil)

  /// Starts `executable` with exactly this environment; standard input is /dev/null.
  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    let output = try TemporaryDirectory()
    let ends = try ClosedOnExec.pipe()
    defer { close(ends.write) }
    do {
      processID = try ClosedOnExec.alone {
        try Self.spawn(
          executable, arguments, environment, lifeline: ends.write, output: output)
      }
    } catch {
      close(ends.read)
      throw error
    }
    lifeline = ends.read
    self.output = output
  }

  deinit {
    if ended.withLock({ $0 }) == nil {
      kill(-processID, SIGKILL)
      var status: Int32 = 0
      waitpid(processID, &status, 0)
    }
    close(lifeline)
  }

  package var standardOutput: String { text(of: "stdout") }
  package var standardError: String { text(of: "stderr") }

  /// The answer of wait(2) if the process has ended already.
  package var exitStatus: ExitStatus? { try? waitForExit(within: 0) }

  package func send(_ signal: Int32) {
    ended.withLock { if $0 == nil { kill(processID, signal) } }
  }

  /// Waits for the end of the process; throws ``Overdue`` when the deadline passes first.
  package func waitForExit(within seconds: Double) throws -> ExitStatus {
    let deadline = MonotonicDeadline(seconds: seconds)
    if let status = ended.withLock({ $0 }) { return status }
    var watched = pollfd(fd: lifeline, events: Int16(POLLIN), revents: 0)
    while poll(&watched, 1, deadline.pollTimeout()) <= 0 {
      if deadline.hasPassed {
        throw Overdue("the end of process \(processID)", seconds, found: standardError)
      }
    }
    return try ended.withLock { known in
      if let known { return known }
      var status: Int32 = 0
      // The pipe may be closed while the kernel still waits to close another file of the process.
      var found = waitpid(processID, &status, WNOHANG)
      while found == 0, !deadline.hasPassed {
        poll(nil, 0, 1)
        found = waitpid(processID, &status, WNOHANG)
      }
      if found == 0 { throw Overdue("the end of process \(processID)", seconds, found: "") }
      guard found == processID else { throw SystemCallFailure("waitpid", "\(processID)") }
      let answer = ExitStatus(waitStatus: status)
      known = answer
      return answer
    }
  }

  private func text(of stream: String) -> String {
    String(decoding: (try? FileSystem.read(output.path(stream))) ?? [], as: UTF8.self)
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String],
    lifeline: Int32, output: TemporaryDirectory
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let created = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.path("stdout"), created, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, output.path("stderr"), created, 0o644)
    // The duplicate has no close-on-exec flag, so it lives as long as the child does.
    posix_spawn_file_actions_adddup2(&actions, lifeline, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, executable, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw SystemCallFailure("posix_spawn", executable, code: code) }
    return child
  }
}
