// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A program that is run as a child which can do little: it has one file to read and pipes to write
/// to, no environment, an empty directory, limits, and where the kernel lets it no network.
///
/// Limits and the rest are set by util-linux's programs, which become the next one in turn: between
/// fork and exec a process of many threads may do next to nothing itself. What it starts is in one
/// process group with it, which is killed as a whole.
struct ConfinedProgram: Sendable {
  enum Outcome: Sendable, Equatable {
    case output([UInt8])
    /// It did not end well, and how.
    case ended(String)
    case tooLong
    case tooMuch
    /// It could not be run, or is wanted no more (EINTR).
    case failed(errno: Int32)
  }

  /// The most descriptors that it may open, libraries and fonts among them.
  private static let mostDescriptors = 64

  /// All that it gets: file names in archives are mostly UTF-8, and a shell would complain of a
  /// directory that it cannot find out the name of.
  private static let environment = ["LC_ALL=C.UTF-8", "PWD=/proc/self/cwd"]

  let path: String
  let arguments: [String]

  /// What messages call it.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Starts it for one who reads its output while it runs.
  ///
  /// Its processor time grows with the file: it is to give as much as there is in it.
  func start(_ file: PackedFile, _ limits: ExtractionLimits) throws(SpawnError) -> ConfinedChild {
    let parts = UInt64(clamping: file.size / Self.bytesPerTime) + 1
    let (seconds, isTooLong) = limits.processorSeconds.multipliedReportingOverflow(by: parts)
    return try ConfinedChild(
      launcher(limits, seconds: isTooLong ? .max : seconds) + [path] + arguments,
      environment: Self.environment, input: try file.input())
  }

  /// Compressed bytes for which `extract.time` is granted.
  private static let bytesPerTime = 64 << 20

  /// Blocks for as long as it takes, at most `limits.time`.
  ///
  /// - Parameter isStopped: Asked ten times a second.
  func run(
    _ input: [UInt8], _ limits: ExtractionLimits, isStopped: () -> Bool = { false }
  ) -> Outcome {
    do throws(SpawnError) {
      let started = MonotonicTime.now
      var child = try ConfinedChild(
        launcher(limits, seconds: limits.processorSeconds) + [path] + arguments,
        environment: Self.environment,
        input: try ChildInput(input))
      let end = child.collect(
        until: started &+ min(limits.time, .max / 2), most: limits.output, isStopped: isStopped)
      child.kill()
      switch end {
      case .stopped: return .failed(errno: EINTR)
      case .encrypted: return .ended("was asked for a passphrase: it is encrypted")
      case .tooLong: return .tooLong
      case .tooMuch: return .tooMuch
      case .over(let status) where status == 0: return .output(child.output)
      case .over(let status): return .ended(Self.description(status, child.complaint))
      }
    } catch {
      return .failed(errno: error.number)
    }
  }

  private func launcher(_ limits: ExtractionLimits, seconds: UInt64) -> [String] {
    Self.launchers + [
      "--as=\(limits.memory)", "--cpu=\(seconds)", "--fsize=\(limits.output)",
      "--nofile=\(Self.mostDescriptors)", "--core=0", "--",
    ]
  }

  /// The program that sets limits, when it is not installed.
  static var missingLauncher: String? {
    InstalledProgram.path(of: limiter) == nil ? limiter : nil
  }

  private static let limiter = "prlimit"

  /// What more takes power away, where the kernel allows it, which is tried once: a namespace has
  /// no network, and without new privileges no program gains any.
  ///
  /// The service may use neither and needs neither: its unit gives it all that.
  private static let confining: [[String]] = [
    ["unshare", "--user", "--net", "--"],
    ["setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--"],
  ]

  private static let launchers: [String] = {
    var command: [String] = []
    for launcher in confining {
      guard let path = InstalledProgram.path(of: launcher[0]),
        let target = InstalledProgram.path(of: "true")
      else { continue }
      let longer = command + [path] + launcher.dropFirst()
      if canRun(longer + [target]) { command = longer }
    }
    return command + [InstalledProgram.path(of: limiter) ?? limiter]
  }()

  private static func canRun(_ command: [String]) -> Bool {
    guard let input = try? ChildInput([]),
      var child = try? ConfinedChild(command, environment: [], input: input)
    else { return false }
    let deadline = MonotonicTime.now &+ 5_000_000_000
    let end = child.collect(until: deadline, most: 1 << 12, isStopped: { false })
    child.kill()
    return end == .over(status: 0)
  }

  /// - Parameters:
  ///   - status: That of wait(2).
  ///   - complaint: The beginning of what it wrote to standard error.
  static func description(_ status: Int32, _ complaint: [UInt8]) -> String {
    let signal = status & 0x7F
    let how =
      signal == 0
      ? "ended with status \(status >> 8 & 0xFF)"
      : "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    let text = String(decoding: complaint, as: UTF8.self)
    // What bsdtar says when it has nothing to say.
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasSuffix(": (null)") }
    let line = lines.lazy.compactMap { DocumentDescription.line(String($0), limit: 160) }.first
    return line.map { "\(how): \($0)" } ?? how
  }
}

/// Nanoseconds since some moment, which no setting of the time changes.
enum MonotonicTime {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let seconds = UInt64(clamping: time.tv_sec)
    return seconds &* 1_000_000_000 &+ UInt64(clamping: time.tv_nsec)
  }
}
