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

  @OptionGroup package var options: SelectionOptions

  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    let selection = try options.selection()
    try ResultPlaces(places).answer(json: json) { try StoryListing(selection, in: $0) }
  }
}
