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

  @OptionGroup package var options: SelectionOptions

  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    let selection = try options.selection()
    try ResultPlaces(places).answer(json: json) { ClusterListing(selection, of: $0.collection) }
  }
}
