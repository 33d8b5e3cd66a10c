// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Glibc

/// `neardup report`
package struct ReportCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a page for a browser with all clusters.",
    discussion: """
      The page needs no network and no server. It has the totals, the arrivals over time and the \
      clusters with their headlines, to be sorted and filtered by size, day and story; of each \
      its story, its spread over time and its documents. Stories of two clusters and more are \
      listed with these. The largest and the newest also have the similarity of each pair and \
      the fullest text (the principal), with what each of the others has reused marked in it. \
      These texts are read from the drop directory: of files that are gone the page says so and shows the rest. Whoever can \
      read the page can read the texts in it.

      EXAMPLES:
        neardup report report.html

        Without texts, to be sent on:
          neardup report --detailed 0 report.html

      EXIT STATUS:
        0   the page was written
        73  the file cannot be written
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions

  @Option(
    help: ArgumentHelp(
      "Give so many of the largest and of the newest clusters figures and texts.",
      valueName: "count"))
  package var detailed = PageLimits().detailed

  @Flag(help: "Print what was written as one JSON object.") package var json = false

  @Argument(
    help: ArgumentHelp("The file to write, or - for standard output.", valueName: "out.html"))
  package var output: String

  package init() {}

  package func validate() throws {
    if detailed < 0 { throw ValidationError("--detailed needs a number from 0 on.") }
    if output.isEmpty { throw ValidationError("The name of the file is empty.") }
    if json, output == ReportFile.standardOutput {
      throw ValidationError("--json needs standard output for itself.")
    }
  }

  package func run() throws {
    let places = ResultPlaces(places)
    for warning in places.warnings { StandardOutput.tell(warning) }
    try StandardOutput.finishing {
      let source = try CollectionSource(places)
      for message in source.messages { StandardOutput.tell(message) }
      var limits = PageLimits()
      limits.detailed = detailed
      let now = MomentText.now
      let report = try CollectionReport(source, from: places, limits, now: now)
      try put(report)
    }
  }

  private func put(_ report: CollectionReport) throws {
    guard output != ReportFile.standardOutput else {
      return try StandardOutput.write(report.html)
    }
    try ReportFile.write(report.html, to: output)
    let written = WrittenReport(report, to: output)
    try StandardOutput.write((json ? try JSONText.pretty(written) : written.text).utf8)
  }
}
