// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

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

      With --drift it tells instead how far the clusters are from what exact measures say: a \
      sample of the documents is compared with all others by all shingles of the stored texts. \
      It counts the pairs of resemblance 0.8 and more that are not together, and the members of \
      clusters that are unsupported: their nearest there has resemblance below 0.2 and \
      containment below 0.4. Up to five examples of each are given, to look at with neardup \
      compare. The sample is the same each time, as long as the collection is. Each text is read \
      once, no more is kept in memory than the sample, and a running daemon is not held up.

      EXAMPLES:
        neardup verify

        With parts that are kept elsewhere:
          neardup verify /archive/clusters.jsonl.2.gz /archive/clusters.jsonl.1.gz

        How good the clusters are, by a larger sample:
          neardup verify --drift --sample 10000

      EXIT STATUS:
        0   all promises are kept; with --drift, whatever was found
        1   some are not; each violation is named by file and line
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(
    help: ArgumentHelp("Parts of the log that were rotated away.", valueName: "part"),
    completion: .file())
  package var parts: [String] = []
  @Flag(help: "Leave the state out.") package var logOnly = false
  @Flag(help: "Compare a sample of the clusters with exact measures of the texts instead.")
  package var drift = false
  @Option(
    help: ArgumentHelp(
      "Draw so many documents for --drift.", discussion: "Otherwise 2,000.", valueName: "count"))
  package var sample: Int?
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func validate() throws {
    if drift, logOnly || !parts.isEmpty {
      throw ValidationError("--drift looks at the state alone.")
    }
    if let sample {
      if !drift { throw ValidationError("--sample is for --drift.") }
      if sample < 1 { throw ValidationError("--sample needs a number from 1 on.") }
    }
  }

  package func run() throws {
    let places = ResultPlaces(places)
    if drift {
      try places.answer(json: json) {
        try DriftSurvey($0, places, sample: sample ?? DriftSurvey.usualSample)
      }
      return
    }
    let outcome = CommandOutcome(warnings: places.warnings) {
      let verification = try Verification(
        places, given: parts.map { Array($0.utf8) }, isLogOnly: logOnly)
      let style = OutputStyle.ofStandardOutput
      return CommandOutcome(
        output: json ? try verification.json() : style.folded(verification.text(style)),
        exitStatus: verification.exitStatus)
    }
    try outcome.finish()
  }
}
