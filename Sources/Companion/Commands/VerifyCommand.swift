// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Daemon

/// `neardup verify`
package struct VerifyCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check log and state against the promises and each other.",
    discussion: """
      Each line is a whole record of the schema; records are numbered without a gap and none comes \
      twice; no content is recorded twice; what each record says agrees with those before it; log \
      and state agree on every document and on the clusters. A daemon may run meanwhile. The \
      parts that a rotation left beside the log are read too, unless parts are named; those that \
      end in .gz are unpacked by gzip.

      EXAMPLES:
        neardup verify

        With parts that are kept elsewhere:
          neardup verify /archive/clusters.jsonl.2.gz /archive/clusters.jsonl.1.gz

      EXIT STATUS:
        0   all promises are kept
        1   some are not; each violation is named by file and line
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: PlaceOptions
  @Argument(
    help: ArgumentHelp("Parts of the log that were rotated away.", valueName: "part"),
    completion: .file())
  package var parts: [String] = []
  @Flag(help: "Leave the state out.") package var logOnly = false
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    let places = ResultPlaces(places)
    let outcome = CommandOutcome(warnings: places.warnings) {
      let verification = try Verification(
        places, given: parts.map { Array($0.utf8) }, isLogOnly: logOnly)
      return CommandOutcome(
        output: json ? try verification.json() : verification.text(.ofStandardOutput),
        exitStatus: verification.exitStatus)
    }
    try outcome.finish()
  }
}
