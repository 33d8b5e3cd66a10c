// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Settings

/// `neardup threshold`
package struct ThresholdCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "Say what other thresholds would have decided on the present documents.",
    discussion: """
      All documents of the state are decided anew in their order, once for each threshold, and \
      compared with the clusters as they are: how many clusters of two documents and more there \
      would be, with how many documents, how many would be made of several present ones (MERGED) \
      and how many present ones would come apart (SPLIT). Of each the largest are given with the \
      two most alike of the first texts of the two largest on both sides, to look at with neardup \
      compare. Of stories it says nothing: they have no threshold, and are not gathered anew. Only \
      this is sure, that clusters which would be one would be in one story. Nothing is recorded, \
      and a running daemon is not held up. For each threshold it takes about as long as the daemon \
      took to decide, and as much memory.

      EXAMPLES:
        neardup threshold
        neardup threshold --at 0.3 --at 0.4 --examples 10

      EXIT STATUS:
        0   the table was printed
        74  the state cannot be read
      """)

  @OptionGroup package var places: CompanionOptions

  @Option(
    help: ArgumentHelp(
      "Try this threshold; may be given again.",
      discussion: "Otherwise 0.1, 0.25, 0.5, 0.75 and 0.9, and the one that is configured.",
      valueName: "probability"))
  package var at: [Double] = []

  @Option(help: ArgumentHelp("Give so many examples of each kind.", valueName: "count"))
  package var examples = 3

  @Flag(help: "Print one JSON object.") package var json = false

  private static let usual = [0.1, 0.25, 0.5, 0.75, 0.9]

  package init() {}

  package func validate() throws {
    let allowed = DaemonConfiguration.Detection.thresholds
    if !at.allSatisfy(allowed.contains) {
      throw ValidationError("--at needs a number from \(allowed.lowerBound) to 1.")
    }
    if examples < 0 { throw ValidationError("--examples needs a number from 0 on.") }
  }

  package func run() throws {
    let places = ResultPlaces(places)
    let thresholds = Set(at.isEmpty ? Self.usual + [places.threshold] : at).sorted()
    try places.answer(json: json) {
      try ThresholdSurvey($0, places, thresholds: thresholds, examples: examples)
    }
  }
}
