// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup cluster`
package struct ClusterCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Show the documents of a cluster and what each has reused.",
    discussion: """
      The principal is the most complete document: it has most of what other members have too. \
      IN is the share of a document's three-word phrases that are in the principal, OF the share \
      of the principal's words in phrases that the document has, ADDED the words of the document \
      that are in no phrase of the principal. All three come from the texts in the state; the \
      files may be gone. Where a terminal is narrow, columns that matter less are left out.

      EXAMPLES:
        neardup cluster c12
        neardup cluster 12 --json

      EXIT STATUS:
        0   the cluster was printed
        1   there is no such cluster
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(help: ArgumentHelp("The cluster, as the log names it.", valueName: "cluster"))
  package var cluster: String
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func validate() throws { _ = try number() }

  package func run() throws {
    let number = try number()
    try ResultPlaces(places).answer(json: json) { try ClusterDetails(number, in: $0) }
  }

  private func number() throws -> UInt32 {
    try ClusterName.argument(cluster, "a cluster is named")
  }
}
