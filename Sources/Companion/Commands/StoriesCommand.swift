// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup stories`
package struct StoriesCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "stories", abstract: "List the stories: events, each in the words of several.",
    discussion: """
      A story holds the clusters that tell of one event. Only stories of two documents and more are \
      listed unless --min-size says otherwise. TITLE is what the first document calls itself, or \
      its first sentence. Stories are read from the log. Times are UTC.

      EXAMPLES:
        neardup stories
        neardup stories --since 1d --sort recent

      EXIT STATUS:
        0   the list was printed, though it may be empty
        1   the log has no stories
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions

  @Option(
    help: ArgumentHelp(
      "Only stories that got a document since then.",
      discussion: "How long ago (\"90min\", \"1d 12h\"), or a date and time in UTC.",
      valueName: "time"))
  package var since: String?

  @Option(help: ArgumentHelp("Only stories of so many documents and more.", valueName: "count"))
  package var minSize = 2

  @Option(help: ArgumentHelp("The largest or the most recent first.", valueName: "size|recent"))
  package var sort = ClusterSelection.Order.size

  @Option(
    help: ArgumentHelp(
      "Only stories with a document at such a path.",
      discussion: "As for neardup clusters.", valueName: "glob"))
  package var path: String?

  @Option(help: ArgumentHelp("List so many at most; 0 for all.", valueName: "count"))
  package var limit = 20

  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func validate() throws { _ = try selection() }

  package func run() throws {
    let selection = try selection()
    try ResultPlaces(places).answer(json: json) { try StoryListing(selection, in: $0) }
  }

  private func selection() throws -> ClusterSelection {
    try ClusterSelection(since: since, minSize: minSize, sort: sort, path: path, limit: limit)
  }
}
