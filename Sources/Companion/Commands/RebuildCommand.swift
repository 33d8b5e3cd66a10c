// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Daemon
internal import Glibc

/// `neardup rebuild`
package struct RebuildCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Decide all stored texts anew, into a new state and log.",
    discussion: """
      As the daemon would have decided them with the present configuration: after a change of \
      detection.threshold, of the stories or of the horizon, or by a version that decides otherwise. \
      The files are not needed. State and log stay as they are, also while a daemon runs; what \
      arrives meanwhile is in the old ones only, and recorded by the daemon that is started on the \
      new ones as long as its file is there. Ended in the middle, it begins anew.

      EXAMPLES:
        neardup rebuild /var/lib/neardupd/rebuilt /var/log/neardupd/rebuilt.jsonl

      EXIT STATUS:
        0   both are made
        73  they are there already, or cannot be made
        74  the state cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(help: ArgumentHelp("The new state's directory.", valueName: "new-state"))
  package var state: String
  @Argument(help: ArgumentHelp("The new cluster log.", valueName: "new-log"))
  package var log: String
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    let (loaded, warnings) = places.load()
    try CommandOutcome(warnings: warnings) {
      let base = String(decoding: WorkingDirectory.current(), as: UTF8.self)
      var rebuild = try StateRebuild(
        loaded, state: try DropRelocation.path(state, from: base),
        log: try DropRelocation.path(log, from: base))
      var told = time(nil)
      let report = try rebuild.run { done, all in
        guard time(nil) > told + 1 else { return }
        told = time(nil)
        StandardOutput.tell(
          "decided \(ReportText.count(done)) of \(ReportText.count(all, "document"))")
      }
      if json { return CommandOutcome(output: try JSONText.pretty(report)) }
      var text = "\(ReportText.count(report.documents, "document")) in "
      text += ReportText.count(report.clusters, "cluster")
      if let stories = report.stories {
        text += " and \(ReportText.count(stories)) " + (stories == 1 ? "story" : "stories")
      }
      return CommandOutcome(output: text + "\n")
    }.finish()
  }
}
