// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Documents
internal import Posix

/// A program that reads the files whose names match a pattern.
package struct NamedProgram: Sendable, Equatable {
  package let pattern: GlobPattern
  /// The program and its arguments.
  package let command: [String]
}

extension DaemonConfiguration {
  /// The programs that read formats which the engine does not, and what they may take.
  package struct Extract: Sendable, Equatable {
    /// A program and its arguments; empty where the format is not to be read.
    package var pdf = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    package var word = ["catdoc", "-w", "-d", "utf-8"]
    /// All that may hold text, but no pictures.
    package var zipped = [
      "bsdtar", "-cf", "-", "--format", "newc", "--include", "*.xml", "--include", "*.opf",
      "--include", "*htm*", "@-",
    ]
    package var compressed = ["bsdcat"]
    package var archive = ["bsdtar", "-cf", "-", "--format", "newc", "@-"]
    /// Programs for files with certain names.
    package var others: [NamedProgram] = []
    /// From the start of a program to its end.
    package var time = Duration.seconds(30)
    /// Bytes of address space of a program.
    package var memory = 512 << 20
    /// Bytes that a program may write.
    package var output = 64 << 20
    /// How many run at the same time.
    package var processes = 2
  }

  /// The programs for one who reads files as configured.
  package var extractors: Extractors {
    Extractors(
      commands: [
        .pdf: extract.pdf, .word: extract.word, .zipped: extract.zipped,
        .compressed: extract.compressed, .archive: extract.archive,
      ],
      named: extract.others.map { program in
        .init(pattern: program.pattern.text, command: program.command) {
          program.pattern.matches($0)
        }
      },
      limits: ExtractionLimits(
        time: extract.time.wholeNanoseconds, memory: extract.memory, output: extract.output))
  }
}
