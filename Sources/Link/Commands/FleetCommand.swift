// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Companion

/// `neardup-link fleet`, which `neardup fleet` is
package struct FleetCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "fleet", abstract: "Look at the clusters of all hosts.",
    discussion: """
      A fleet cluster holds clusters of one host or of several that are near-duplicates of each \
      other, found by the links of the hosts and called after the first of them: f12. These \
      commands ask the database alone, and work on any host or on none. neardup fleet is the same.

      EXAMPLES:
        What was copied most, and on how many hosts:
          neardup fleet clusters

        All documents of one fleet cluster, and by what its parts were linked:
          neardup fleet cluster f12

        How far each host is, and what waits:
          neardup fleet status

      EXIT STATUS:
        0   it was printed
        69  the database does not answer, or refuses
        74  there is no such fleet cluster or document
        78  the tables are older than this program
      """,
    subcommands: [
      FleetClustersCommand.self, FleetClusterCommand.self, FleetExplainCommand.self,
      FleetExportCommand.self, FleetStatusCommand.self, FleetReportCommand.self,
    ])

  package init() {}
}

/// `neardup fleet clusters`
package struct FleetClustersCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "clusters", abstract: "List fleet clusters.",
    discussion: "Those on two hosts and more, unless --min-hosts says otherwise; times are UTC.")

  @OptionGroup package var options: FleetOptions

  @Option(help: ArgumentHelp("Only those on at least this many hosts.", valueName: "count"))
  package var minHosts = 2

  @Option(
    help: ArgumentHelp(
      "Only those that got a document since then.",
      discussion: "How long ago (\"90min\"), or a date and time in UTC.", valueName: "time"))
  package var since: String?

  @Option(help: ArgumentHelp("The largest or the most recent first.", valueName: "size|recent"))
  package var sort = "size"

  @Option(help: ArgumentHelp("List at most this many; 0 for all.", valueName: "count"))
  package var limit = 20

  package init() {}

  package func validate() throws {
    guard sort == "size" || sort == "recent" else {
      throw ValidationError("--sort is size or recent.")
    }
    guard limit >= 0, minHosts >= 0 else {
      throw ValidationError("--limit and --min-hosts are not negative.")
    }
  }

  package func run() async throws {
    let listing = FleetListing(
      leastHosts: minHosts, limit: limit, isRecentFirst: sort == "recent", since: since)
    try await options.answer { question, json in
      json ? try listing.json(question) : try listing.text(question, .ofStandardOutput)
    }
  }
}

/// `neardup fleet cluster`
package struct FleetClusterCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Show a fleet cluster: its documents and what links them.")

  @OptionGroup package var options: FleetOptions

  @Argument(help: ArgumentHelp("The fleet cluster, as in f12.", valueName: "fleet-cluster"))
  package var cluster: String

  package init() {}

  package func validate() throws {
    guard FleetNumber.read(cluster) != nil else {
      throw ValidationError("A fleet cluster is written like f12.")
    }
  }

  package func run() async throws {
    let asked = FleetNumber.read(cluster) ?? 0
    try await options.answer { question, json in
      guard let cluster = try question.survivor(of: asked) else {
        throw LinkFailure(.inputOutput, "there is no fleet cluster f\(asked) now")
      }
      let details = FleetDetails(question: question)
      return json
        ? try details.json(cluster)
        : try details.text(cluster, askedFor: asked, .ofStandardOutput)
    }
  }
}

/// `neardup fleet explain`
package struct FleetExplainCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why a document is in its fleet cluster.")

  @OptionGroup package var options: FleetOptions

  @Argument(
    help: ArgumentHelp("Its path, or the end of it behind a slash.", valueName: "path"))
  package var path: String

  @Option(help: ArgumentHelp("Only documents of this host.", valueName: "name"))
  package var host: String?

  package init() {}

  package func run() async throws {
    let (path, host) = (path, host)
    try await options.answer { question, json in
      let details = FleetDetails(question: question)
      return json
        ? try details.json(path: path, host: host)
        : try details.text(path: path, host: host, .ofStandardOutput)
    }
  }
}

/// `neardup fleet export`
package struct FleetExportCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write all documents of all hosts with their fleet clusters.",
    discussion: """
      One row a document: host, document, path, member, drop_directory, cluster, fleet_cluster, \
      fleet_story, relation, words, bytes, arrived, title. All rows are of one moment. With --json \
      an array of objects, as with --format json.
      """)

  @OptionGroup package var options: FleetOptions

  @Option(help: ArgumentHelp("The form of the rows.", valueName: "tsv|csv|json|jsonl"))
  package var format = ExportFormat.tsv

  package init() {}

  package func run() async throws {
    let format = options.json ? .json : format
    try await options.ask { question in
      try FleetExport(question: question, format: format).write { try StandardOutput.write($0) }
    }
  }
}

/// `neardup fleet status`
package struct FleetStatusCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show how far each host is, what waits, and who links.")

  @OptionGroup package var options: FleetOptions

  package init() {}

  package func run() async throws {
    try await options.answer { question, json in
      let status = FleetStatus(question: question)
      return json ? try status.json() : try status.text(.ofStandardOutput)
    }
  }
}

/// `neardup fleet report`
package struct FleetReportCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write a page in HTML about the fleet.",
    discussion: """
      To standard output: neardup fleet report > fleet.html. With --json its totals and the \
      largest fleet clusters.
      """)

  @OptionGroup package var options: FleetOptions

  @Option(help: ArgumentHelp("Show at most this many fleet clusters.", valueName: "count"))
  package var limit = 200

  package init() {}

  package func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit is not negative.") }
  }

  package func run() async throws {
    let limit = limit
    if options.json {
      return try await options.answer { question, _ in
        let clusters = try FleetListing(limit: limit).json(question)
        return "{\n\"status\": \(try FleetStatus(question: question).json()),\n"
          + "\"clusters\": \(clusters)}\n"
      }
    }
    try await options.ask { question in
      try FleetReport(question: question, limit: limit).write {
        try StandardOutput.write($0.utf8)
      }
    }
  }
}
