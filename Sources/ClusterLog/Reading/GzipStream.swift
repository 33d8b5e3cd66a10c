// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// What gzip(1) makes of a compressed part of a log, as it comes.
///
/// A child process and not zlib: rotated parts are read seldom and by people, gzip is there
/// wherever logrotate compresses with it, and this module imports Glibc only. posix_spawn is
/// enough: no shell, no thread, and waitpid(2) cannot hang on a child whose output is closed.
struct GzipStream: ~Copyable {
  private static let program = "gzip"
  /// "decompression OK, trailing garbage ignored", gzip(1).
  private static let warning: Int32 = 2

  private let path: [UInt8]
  private let output: Int32
  private let child: pid_t
  /// The child was waited for.
  private var isOver = false

  /// Opens the file, which must be a regular one, and hands it to the child as its input: no name
  /// of a file is ever an argument.
  init(_ path: [UInt8]) throws(ClusterLogError) {
    let file = try LogFileReader.opened(path)
    guard try LogFileReader.status(of: file, path).isRegular else { throw .notRegular(path) }
    let started: (child: pid_t, output: Int32)
    do throws(SystemError) {
      started = try Self.spawn(file)
    } catch {
      throw .noGzip(error, path: path)
    }
    self.path = path
    child = started.child
    output = started.output
  }

  deinit {
    _ = Glibc.close(output)
    if !isOver { _ = Self.wait(child) }
  }

  /// Up to `count` bytes; fewer only at the end, where it is made sure that all came well.
  mutating func read(count: Int) throws(ClusterLogError) -> [UInt8] {
    var failure: SystemError?
    let output = output
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let base = UnsafeMutableRawPointer(buffer.baseAddress)
      while filled < count {
        let got = retrying { Glibc.read(output, base.map { $0 + filled }, count - filled) }
        if got < 0 { failure = SystemError("read") }
        guard got > 0 else { break }
        filled += got
      }
    }
    if let failure { throw .unreadable(failure, path: path) }
    if bytes.count < count { try finish() }
    return bytes
  }

  private mutating func finish() throws(ClusterLogError) {
    guard !isOver else { return }
    isOver = true
    guard let status = Self.wait(child) else {
      throw .unreadable(SystemError("waitpid"), path: path)
    }
    guard status == 0 || status == Self.warning else { throw .damaged(path) }
  }

  /// Compresses a file to another one, which must not be there.
  static func compress(_ path: [UInt8], to target: [UInt8]) throws(ClusterLogError) {
    var child: pid_t = 0
    do throws(SystemError) {
      let input = try LogDescriptor(reading: path)
      let output = try LogDescriptor(
        path: target, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      input.give(to: &actions, as: STDIN_FILENO)
      output.give(to: &actions, as: STDOUT_FILENO)
      child = try start(["-nc"], &actions)
    } catch {
      throw .noGzip(error, path: path)
    }
    guard wait(child) == 0 else {
      throw ClusterLogError(
        .failed, target, "gzip could not write it", remedy: "make room on its file system")
    }
  }

  // MARK: The child

  private static func spawn(
    _ input: borrowing LogDescriptor
  ) throws(SystemError) -> (child: pid_t, output: Int32) {
    var ends: [Int32] = [-1, -1]
    // A pipe for all purposes: pipe2(2), which closes on exec as well, is not in Glibc's module.
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemError("socketpair") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    input.give(to: &actions, as: STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    defer { _ = Glibc.close(ends[1]) }
    do throws(SystemError) {
      return (try start(["-dc"], &actions), ends[0])
    } catch {
      _ = Glibc.close(ends[0])
      throw error
    }
  }

  private static func start(
    _ options: [String], _ actions: inout posix_spawn_file_actions_t
  ) throws(SystemError) -> pid_t {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + options).map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    // Its environment is empty: GZIP could hold options.
    let answer = posix_spawnp(&child, program, &actions, nil, arguments, [nil])
    guard answer == 0 else { throw SystemError("posix_spawn", number: answer) }
    return child
  }

  /// The exit status; that of a shell for one that a signal ended, and nil, with errno, when it
  /// cannot be had.
  private static func wait(_ child: pid_t) -> Int32? {
    var status: Int32 = 0
    guard retrying({ waitpid(child, &status, 0) }) == child else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
