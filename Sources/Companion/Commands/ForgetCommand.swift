// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup forget`
package struct ForgetCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Erase documents: their text, words, title and digest.",
    discussion: """
      Nothing is left of them in the state, its write-ahead log and its free pages, and nothing \
      that comes later is compared with them; clusters go on without them. A "removed" record says \
      so for each. A file that is still in the drop directory stays there and is not recorded \
      again as it is; delete it first where it is to be gone. The cluster log is only appended to: \
      neardup redact takes the paths out of its parts that a rotation put aside.

      A running daemon does it between two arrivals, which wait for the seconds that this takes \
      with millions of documents; without one it is done here. Only root and the daemon's user may.

      EXAMPLES:
        neardup forget wire/2026-11-21.txt
        neardup forget --document 17 --document 19
        neardup forget --cluster c17 --dry-run
        neardup forget --older-than 1y

      EXIT STATUS:
        0   they are forgotten
        1   one of them is not there, and nothing was forgotten, or the daemon refused
        74  the state or the log cannot be read or written
      """)

  @OptionGroup package var places: CompanionOptions
  @Option(help: ArgumentHelp("The document of this number.", valueName: "number"))
  package var document: [UInt32] = []
  @Option(help: ArgumentHelp("All documents of this cluster.", valueName: "cluster"))
  package var cluster: [String] = []
  @Option(
    help: ArgumentHelp(
      "All documents that came before.", discussion: "How long ago (\"1y\"), or a date in UTC.",
      valueName: "time"))
  package var olderThan: String?
  @Flag(name: .customLong("dry-run"), help: "Only say which they are.")
  package var isTrial = false
  @Flag(help: "Print one JSON object.") package var json = false
  @Argument(
    help: "Paths, in the drop directory or in the file system.", completion: .file())
  package var paths: [String] = []

  package init() {}

  package func validate() throws {
    let selection = try selection()
    guard
      !selection.paths.isEmpty || !selection.documents.isEmpty || !selection.clusters.isEmpty
        || selection.before != nil
    else { throw ValidationError("Name paths, or use --document, --cluster or --older-than.") }
  }

  package func run() throws {
    try ForgetRun(places).run(try selection(), isTrial: isTrial, json: json).finish()
  }

  private func selection() throws -> ForgetSelection {
    var selection = ForgetSelection()
    selection.paths = paths
    selection.documents = document
    selection.clusters = try cluster.map { try ClusterName.argument($0, "a cluster is named") }
    selection.before = try olderThan.map { try MomentText.argument($0, of: "--older-than") }
    return selection
  }
}
