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
    /// Several files: all are wanted as a cpio archive.
    case archive
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
    switch program(for: purpose, format) {
    case .skipped(let cause, let detail): .skipped(cause, detail: detail)
    case .program: run(commands[purpose] ?? [], bytes, format: format)
    }
  }

  /// A program that can be run, or why there is none.
  enum Found {
    case program(ConfinedProgram)
    case skipped(Reading.Cause, detail: String)
  }

  /// - Parameter format: What the file is, for messages: "a PDF document".
  func program(for purpose: Purpose, _ format: String) -> Found {
    guard let command = commands[purpose], !command.isEmpty else {
      return .skipped(
        .noExtractor, detail: "\(format), and extract.\(purpose.rawValue) names no program")
    }
    return Self.program(command, format)
  }

  private static func program(_ command: [String], _ format: String) -> Found {
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
    return .program(ConfinedProgram(path: path, arguments: Array(command.dropFirst())))
  }

  /// What came of starting a program whose output is read while it runs.
  package enum Opened {
    case stream(ProgramStream)
    case skipped(Reading.Cause, detail: String)
    case failed(errno: Int32)
  }

  /// Starts the program that takes a file apart.
  package func open(_ format: ForeignFormat, as purpose: Purpose, _ file: PackedFile) -> Opened {
    switch program(for: purpose, format.name) {
    case .skipped(let cause, let detail): return .skipped(cause, detail: detail)
    case .program(let program):
      do throws(SpawnError) {
        let child = try program.start(file, limits)
        return .stream(
          ProgramStream(
            child, format: format.name, program: program.name, limits: limits))
      } catch {
        return .failed(errno: error.number)
      }
    }
  }

  /// - Parameter format: What the file is, for messages: "a PDF document".
  func run(_ command: [String], _ bytes: [UInt8], format: String) -> Outcome {
    let program: ConfinedProgram
    switch Self.program(command, format) {
    case .skipped(let cause, let detail): return .skipped(cause, detail: detail)
    case .program(let found): program = found
    }
    let name = command.first ?? ""
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
