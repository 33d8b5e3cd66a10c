// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import ClusterLog

/// `neardup tail`
package struct TailCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "tail", abstract: "Follow the cluster log, one readable line per decision.",
    discussion: """
      The log is followed by its name through rotations, whether it is renamed or copied and cut. \
      --relation and --skipped select kinds of records, --cluster those about a cluster and what \
      it is merged into. Times are UTC.

      With --from-seq it begins with that record, in whichever part of the log it is, compressed \
      ones too, and then prints each record once and in order. A program that remembers the seq \
      of the last line it was done with goes on after a restart with the next number. Records that \
      are in no part any more are told on standard error.

      EXAMPLES:
        The last ten decisions, then each as it is made:
          neardup tail

        What was refused, from the beginning:
          neardup tail --skipped -n 1000000 --no-follow

        Near-duplicates as they come, for a program:
          neardup tail --relation near --json

        Everything behind record 4711, then what comes:
          neardup tail --json --from-seq 4712

      EXIT STATUS:
        0   all was printed, or nobody reads it any more
        74  the log cannot be read, or is not that of the state
      """)

  @OptionGroup package var places: CompanionOptions

  @Option(
    name: .customLong("cluster"),
    help: ArgumentHelp(
      "Only records about this cluster.", discussion: "May be given more than once.",
      valueName: "cluster"))
  package var clusters: [String] = []

  @Option(
    name: .customLong("relation"),
    help: ArgumentHelp(
      "Only documents that came to their cluster like this.",
      discussion: "May be given more than once.", valueName: "first|identical|near"))
  package var relations: [String] = []

  @Flag(help: "Only files that were not taken.") package var skipped = false

  @Option(
    name: [.customShort("n"), .long],
    help: ArgumentHelp(
      "Begin with so many of what is there already.", discussion: "Otherwise 10.",
      valueName: "count"))
  package var lines: Int?

  @Option(
    help: ArgumentHelp("Begin with the record of this number.", valueName: "seq"))
  package var fromSeq: UInt64?

  @Flag(inversion: .prefixedNo, help: "Go on with each record as it is made.")
  package var follow = true

  @Flag(help: "Print the log's lines as they are.") package var json = false

  package init() {}

  package func validate() throws {
    if let lines, lines < 0 { throw ValidationError("--lines needs a number from 0 on.") }
    if fromSeq == 0 { throw ValidationError("--from-seq needs a number from 1 on.") }
    if fromSeq != nil, lines != nil {
      throw ValidationError("--from-seq and --lines both say where to begin.")
    }
    _ = try filter()
  }

  package func run() throws {
    let places = ResultPlaces(places)
    for warning in places.warnings { StandardOutput.tell(warning) }
    var session = TailSession(
      log: places.clusterLog, filter: try filter(),
      beginning: fromSeq.map { .record($0) } ?? .last(lines ?? 10), isJSON: json,
      style: .ofStandardOutput)
    try StandardOutput.finishing {
      try PairIdentity.require(places)
      try session.run(follows: follow)
    }
  }

  private func filter() throws -> RecordFilter {
    let numbers = try clusters.map { try ClusterName.argument($0, "--cluster is one") }
    let known = try relations.map { text in
      guard let relation = Relation(rawValue: text) else {
        throw ValidationError(
          "--relation is first, identical or near, not \"\(TerminalText.safe(text))\".")
      }
      return relation
    }
    return RecordFilter(clusters: Set(numbers), relations: Set(known), skipped: skipped)
  }
}
