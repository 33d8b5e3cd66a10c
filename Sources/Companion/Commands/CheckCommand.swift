// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup check`
package struct CheckCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what a text would match, without recording it.",
    discussion: """
      A running daemon is asked, which answers at once. Without one the index is brought back from \
      the state, which takes as long as the daemon's start. Both give the same answer. Where stories \
      are gathered, the one that the text would be in is named too; it makes no match. A member of a \
      container is called as it is shown: the file, " » ", and its name.

      EXAMPLES:
        neardup check draft.txt
        wl-paste | neardup check
        neardup check 'shard.jsonl » line 12' 'delivery.zip » desk/story.docx'
        neardup check --json incoming/*.html | jq -r 'select(.report.cluster) | .file'

      EXIT STATUS:
        0   a text matches
        1   none does
        2   one of them cannot be read
        74  the state cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Flag(help: "Print one JSON object for each file, on a line of its own.") package var json = false

  @Argument(help: "Files; - is standard input, which is read when there are none.")
  package var files: [String] = []

  package init() {}

  package func run() throws {
    var run = CheckRun(places, json: json)
    try run.run(files.isEmpty ? [GivenFile.standardInput] : files).finish()
  }
}
