// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Daemon

/// `neardup relocate`
package struct RelocateCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "relocate", abstract: "Tell the state that a drop directory has another path.",
    discussion: """
      What is recorded of the directory's files stays theirs: the daemon records none of them again. \
      Stop the daemon first, move or mount the directory, and name its new path in the \
      configuration. Copied to another file system, files are read once more and recognised by \
      their contents.

      EXAMPLES:
        systemctl stop neardupd
        mv /var/spool/neardupd/drop /srv/incoming
        neardup relocate /var/spool/neardupd/drop /srv/incoming
        systemctl start neardupd

      EXIT STATUS:
        0   done
        64  the state knows no such directory, or files of the new one as another's
        75  the daemon runs
        74  the state cannot be read or written
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(help: "The path that the directory had.") package var old: String
  @Argument(help: "The path that it has now.") package var new: String

  package init() {}

  package func run() throws {
    let (loaded, warnings) = places.load()
    try CommandOutcome(warnings: warnings) {
      let base = String(decoding: WorkingDirectory.current(), as: UTF8.self)
      let (from, to) = (
        try DropRelocation.path(old, from: base), try DropRelocation.path(new, from: base)
      )
      let files = try DropRelocation.run(loaded, from: from, to: to)
      return CommandOutcome(
        output: "\(ReportText.count(files, "file")) of \(TerminalText.safe(from)) known below "
          + "\(TerminalText.safe(to)) now\n")
    }.finish()
  }
}
