// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The programs that read what no reader here does, and what they may take.
package struct Extractors: Sendable {
  /// What a program is for, with the name of its key in the configuration.
  package enum Purpose: String, Sendable, CaseIterable {
    case pdf
    case word
    /// Documents that are zip archives: members that hold text are wanted as a cpio archive.
    case zipped
    /// One file that was compressed: its bytes are wanted.
    case compressed
  }

  /// A program for files with certain names, whatever is in them; what it writes is read like a
  /// file.
  package struct Named: Sendable {
    let pattern: String
    let command: [String]
    let matches: @Sendable (ArraySlice<UInt8>) -> Bool

    /// - Parameters:
    ///   - pattern: For messages.
    ///   - matches: Says it of a name without its directories.
    package init(
      pattern: String, command: [String], matches: @escaping @Sendable (ArraySlice<UInt8>) -> Bool
    ) {
      self.pattern = pattern
      self.command = command
      self.matches = matches
    }
  }

  /// None: what they would read is skipped.
  package static let none = Extractors(commands: [:], limits: ExtractionLimits())

  /// A program and its arguments; none, or an empty one, where a format is not to be read.
  package var commands: [Purpose: [String]]
  /// They go before those that the content asks for; of several that match the first one counts.
  package var named: [Named]
  package var limits: ExtractionLimits
  /// Asked while a program runs: whether nobody wants its output any more.
  package var isStopped: @Sendable () -> Bool = { false }

  package init(commands: [Purpose: [String]], named: [Named] = [], limits: ExtractionLimits) {
    self.commands = commands
    self.named = named
    self.limits = limits
  }

  /// What came of handing a file to the program for it.
  enum Outcome {
    case output([UInt8])
    case skipped(Reading.Cause, detail: String)
    case failed(errno: Int32)
  }

  /// Whether reading a file waits for a program; not where that is missing.
  package func startProgram(for bytes: UnsafeRawBufferPointer, name: [UInt8]) -> Bool {
    let command =
      program(named: name)?.command
      ?? ForeignFormat(bytes, name: name)?.purpose.flatMap { commands[$0] }
    guard let program = command?.first else { return false }
    return InstalledProgram.path(of: program) != nil && ConfinedProgram.missingLauncher == nil
  }

  /// Whether a program reads files of this name, whatever is in them.
  package func isNamed(_ name: [UInt8]) -> Bool { program(named: name) != nil }

  func program(named name: [UInt8]) -> Named? {
    if named.isEmpty { return nil }
    let last = name.lastIndex(of: UInt8(ascii: "/")).map { name[($0 + 1)...] } ?? name[...]
    return named.first { $0.matches(last) }
  }

  func run(_ purpose: Purpose, _ bytes: [UInt8], format: String) -> Outcome {
    guard let command = commands[purpose], !command.isEmpty else {
      return .skipped(
        .noExtractor, detail: "\(format), and extract.\(purpose.rawValue) names no program")
    }
    return run(command, bytes, format: format)
  }

  /// - Parameter format: What the file is, for messages: "a PDF document".
  func run(_ command: [String], _ bytes: [UInt8], format: String) -> Outcome {
    let name = command.first ?? ""
    guard let path = InstalledProgram.path(of: name) else {
      return .skipped(
        .noExtractor,
        detail: "\(format), for which \(name) is missing: \(InstalledProgram.remedy(name))")
    }
    if let missing = ConfinedProgram.missingLauncher {
      return .skipped(
        .noExtractor,
        detail: "\(format), for which \(missing) is missing: \(InstalledProgram.remedy(missing))")
    }
    let program = ConfinedProgram(path: path, arguments: Array(command.dropFirst()))
    switch program.run(bytes, limits, isStopped: isStopped) {
    case .output(let output): return .output(output)
    case .ended(let how): return .skipped(.unreadable, detail: "\(format): \(name) \(how)")
    case .tooLong:
      let seconds = Double(limits.time / 1_000_000) / 1_000
      return .skipped(
        .unreadable, detail: "\(format): \(name) took longer than \(seconds) s (extract.time)")
    case .tooMuch:
      return .skipped(
        .unreadable,
        detail: "\(format): \(name) wrote more than \(limits.output) bytes (extract.output)")
    case .failed(let errno): return .failed(errno: errno)
    }
  }
}
