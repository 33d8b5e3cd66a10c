// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup redact`
package struct RedactCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "redact", abstract: "Take forgotten documents out of rotated parts of the log.",
    discussion: """
      In the parts that a rotation put aside, compressed or not, the paths of forgotten documents \
      become "(forgotten)", their titles, sources and shared words are left out, and their digests \
      are zeros. Numbers, measures and times stay, and so does the sequence. The part that is \
      being written is only appended to: it is said how many of its lines tell of them.

      EXAMPLES:
        neardup forget wire/2026-11-21.txt
        logrotate --force /etc/logrotate.d/neardupd
        neardup redact

      EXIT STATUS:
        0   done, or there was nothing to do
        74  the state or a part of the log cannot be read or written
      """)

  @OptionGroup package var places: CompanionOptions
  @Flag(name: .customLong("dry-run"), help: "Only say what would be changed.")
  package var isTrial = false
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    try RedactRun(places).run(isTrial: isTrial, json: json).finish()
  }
}
