// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CSpawn
internal import Glibc

/// A child in a session of its own, which is killed as a whole and waited for at the latest when
/// this value ends.
struct ConfinedChild: ~Copyable {
  enum End: Equatable {
    /// - Parameter status: That of wait(2).
    case over(status: Int32)
    case tooLong, tooMuch, stopped
    /// It asks for a passphrase, and would do so for long.
    case encrypted
  }

  /// What the daemon ignores, which programs do not expect.
  private static let ignored = [SIGPIPE, SIGIO, SIGXFSZ]
  /// How often it is asked whether anybody wants its output, in milliseconds.
  private static let pause: Int32 = 100
  /// How long the end of a child that has closed its outputs is waited for at a time.
  private static let shortPause: Int32 = 2
  /// A line or two of what it complains of.
  private static let longestComplaint = 1 << 10

  private(set) var output: [UInt8] = []
  private(set) var complaint: [UInt8] = []
  private let child: pid_t
  private let outputs: OwnedDescriptor
  private let complaints: OwnedDescriptor
  private var isOver = false
  /// Which of its two outputs are closed.
  private var (isOutputOver, isComplaintOver) = (false, false)

  /// - Parameter command: The path of a program, and its arguments.
  init(
    _ command: [String], environment: [String], input: borrowing ChildInput
  ) throws(SpawnError) {
    let output = try OutputPipe()
    let complaint = try OutputPipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addfchdir_np(&actions, input.directory.number)
    posix_spawn_file_actions_adddup2(&actions, input.file.number, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output.write.number, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, complaint.write.number, STDERR_FILENO)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    for end in [output.read.number, complaint.read.number] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    let child = try Self.spawn(command, environment, &actions)
    self.child = child
    outputs = output.read
    complaints = complaint.read
  }

  deinit { Self.end(child, isOver) }

  private static func spawn(
    _ command: [String], _ environment: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws(SpawnError) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    let flags =
      POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | Int32(POSIX_SPAWN_NEW_SESSION)
    posix_spawnattr_setflags(&attributes, Int16(truncatingIfNeeded: flags))
    var defaults = sigset_t()
    sigemptyset(&defaults)
    posix_spawnattr_setsigmask(&attributes, &defaults)
    for signal in ignored { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    var arguments = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let answer = posix_spawn(
      &child, command.first ?? "", &actions, &attributes, &arguments, &variables)
    guard answer == 0 else { throw SpawnError(number: answer) }
    return child
  }

  /// Reads what it writes, until it is over or has taken too much of something.
  mutating func collect(until deadline: UInt64, most: Int, isStopped: () -> Bool) -> End {
    var watched = [
      pollfd(fd: outputs.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: complaints.number, events: Int16(POLLIN), revents: 0),
    ]
    var asked = MonotonicTime.now
    while watched.contains(where: { $0.fd >= 0 }) {
      let left = Self.milliseconds(to: deadline)
      if left == 0 { return .tooLong }
      if MonotonicTime.now &- asked > UInt64(Self.pause) * 1_000_000 {
        if isStopped() { return .stopped }
        asked = MonotonicTime.now
      }
      if poll(&watched, 2, min(left, Self.pause)) <= 0 { continue }
      if watched[0].revents != 0, !Self.read(outputs.number, into: &output) { watched[0].fd = -1 }
      if output.count > most { return .tooMuch }
      if watched[1].revents != 0 {
        if !Self.read(complaints.number, into: &complaint) { watched[1].fd = -1 }
        complaint = Array(complaint.prefix(Self.longestComplaint))
      }
    }
    return awaitEnd(by: deadline, isStopped)
  }

  /// What comes next of what it writes.
  enum Piece {
    case bytes(Int)
    case end(End)
  }

  /// Waits for some of what it writes, or for its end.
  mutating func next(
    into space: UnsafeMutableRawBufferPointer, until deadline: UInt64, isStopped: () -> Bool
  ) -> Piece {
    while !isOutputOver || !isComplaintOver {
      var watched = [
        pollfd(fd: isOutputOver ? -1 : outputs.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isComplaintOver ? -1 : complaints.number, events: Int16(POLLIN), revents: 0),
      ]
      let left = Self.milliseconds(to: deadline)
      if left == 0 { return .end(.tooLong) }
      if poll(&watched, 2, min(left, Self.pause)) <= 0 {
        if isStopped() { return .end(.stopped) }
        continue
      }
      if watched[1].revents != 0 {
        isComplaintOver = !Self.read(complaints.number, into: &complaint)
        complaint = Array(complaint.prefix(Self.longestComplaint))
        if complaint.starts(with: "Enter passphrase".utf8) { return .end(.encrypted) }
      }
      guard watched[0].revents != 0 else { continue }
      let count = Glibc.read(outputs.number, space.baseAddress, space.count)
      if count > 0 { return .bytes(count) }
      if count == 0 || errno != EINTR && errno != EAGAIN { isOutputOver = true }
    }
    return .end(awaitEnd(by: deadline, isStopped))
  }

  /// False at the end of what is written.
  private static func read(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 { return errno == EINTR || errno == EAGAIN }
      bytes += buffer[..<count]
      return count > 0
    }
  }

  /// A child may close its outputs and go on.
  private mutating func awaitEnd(by deadline: UInt64, _ isStopped: () -> Bool) -> End {
    while true {
      var info = siginfo_t()
      // It is left to be waited for, so that its number stays its own until all are killed.
      let answer = waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT)
      if answer != 0 && errno != EINTR || info.si_signo != 0 { break }
      if Self.milliseconds(to: deadline) == 0 { return .tooLong }
      if isStopped() { return .stopped }
      _ = poll(nil, 0, Self.shortPause)
    }
    return .over(status: kill() ?? 0)
  }

  /// Ends whatever is left of it; answers the status of wait(2), the first time.
  @discardableResult
  mutating func kill() -> Int32? {
    let status = Self.end(child, isOver)
    isOver = true
    return status
  }

  @discardableResult
  private static func end(_ child: pid_t, _ isOver: Bool) -> Int32? {
    guard !isOver else { return nil }
    // Its session's other processes too; the child itself where it has made no session yet.
    _ = Glibc.kill(-child, SIGKILL)
    _ = Glibc.kill(child, SIGKILL)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return nil } }
    return status
  }

  private static func milliseconds(to deadline: UInt64) -> Int32 {
    let now = MonotonicTime.now
    return deadline <= now ? 0 : Int32(clamping: (deadline - now) / 1_000_000 + 1)
  }
}
