// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup clusters`
package struct ClustersCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "clusters", abstract: "List the clusters of near-duplicates.",
    discussion: """
      The clusters come from the state, whether or not a daemon runs on it; the log is read where \
      there is no state. Only clusters of two documents and more are listed unless --min-size says \
      otherwise. Texts are documents with bytes of their own, TITLE is what the first document calls \
      itself, or its first sentence. Times are UTC.

      EXAMPLES:
        What was copied most:
          neardup clusters

        What came in during the last hour, the newest first:
          neardup clusters --since 1h --sort recent

        Clusters in which one source has a part:
          neardup clusters --path 'reuters/**' --limit 0

      EXIT STATUS:
        0   the list was printed, though it may be empty
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions

  @Option(
    help: ArgumentHelp(
      "Only clusters that got a document since then.",
      discussion: "How long ago (\"90min\", \"1d 12h\"), or a date and time in UTC.",
      valueName: "time"))
  package var since: String?

  @Option(help: ArgumentHelp("Only clusters of so many documents and more.", valueName: "count"))
  package var minSize = 2

  @Option(help: ArgumentHelp("The largest or the most recent first.", valueName: "size|recent"))
  package var sort = ClusterSelection.Order.size

  @Option(
    help: ArgumentHelp(
      "Only clusters with a document at such a path.",
      discussion: "Without a slash it is for the file's name, with one for the path in the drop "
        + "directory, where ** stands for any number of directories.",
      valueName: "glob"))
  package var path: String?

  @Option(help: ArgumentHelp("List so many at most; 0 for all.", valueName: "count"))
  package var limit = 20

  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func validate() throws { _ = try selection() }

  package func run() throws {
    let selection = try selection()
    try ResultPlaces(places).answer(json: json) { ClusterListing(selection, of: $0.collection) }
  }

  private func selection() throws -> ClusterSelection {
    try ClusterSelection(since: since, minSize: minSize, sort: sort, path: path, limit: limit)
  }
}
