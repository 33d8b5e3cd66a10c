// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup story`
package struct StoryCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "story", abstract: "Show the clusters of a story and what led each to it.",
    discussion: """
      A story is one event in different words; its clusters are listed in order of arrival. LED BY \
      is the likeness in weighted words to a document of another cluster, and the words that \
      weighed most. Stories are read from the log.

      EXAMPLE:
        neardup story s12

      EXIT STATUS:
        0   the story was printed
        1   there is no such story, or the log has no stories
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(help: ArgumentHelp("The story, as the log names it.", valueName: "story"))
  package var story: String
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func validate() throws { _ = try number() }

  package func run() throws {
    let number = try number()
    try ResultPlaces(places).answer(json: json) { try StoryDetails(number, in: $0) }
  }

  private func number() throws -> UInt32 {
    try ClusterName.argument(story, letter: "s", "a story is named")
  }
}
