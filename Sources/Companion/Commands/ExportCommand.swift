// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup export`
package struct ExportCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write all documents with their clusters for other programs.",
    discussion: """
      One row a document, in order of arrival: its number, drop directory, path (path_b64 has the \
      bytes of one that is not UTF-8), the cluster and story that it is in now, how it came to its \
      cluster, which document it is identical to or replaces, whether it is what its path holds \
      now, its size, SHA-256 and time of arrival. In JSON Lines all objects have the same keys, so \
      that columns come out of it; stories are read from the log.

      EXAMPLES:
        How many documents each cluster has:
          neardup export | cut -f 5 | tail -n +2 | sort | uniq -c | sort -n

        Into a table of DuckDB, or a Parquet file:
          neardup export --format jsonl > documents.jsonl
          duckdb -c "COPY 'documents.jsonl' TO 'documents.parquet'"

      EXIT STATUS:
        0   all was written, or nobody reads it any more
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Option(help: ArgumentHelp("The form of the rows.", valueName: "tsv|csv|json|jsonl"))
  package var format = ExportFormat.tsv

  package init() {}

  package func run() throws {
    let places = ResultPlaces(places)
    for warning in places.warnings { StandardOutput.tell(warning) }
    try StandardOutput.finishing {
      let source = try CollectionSource(places, withDigests: true)
      for message in source.messages { StandardOutput.tell(message) }
      let export = try PartitionExport(source, format: format)
      // Without a state they were told of above.
      for reason in source.log.unread where source.state != nil {
        StandardOutput.tell("stories are not all there: \(reason)")
      }
      try export.write { try StandardOutput.write($0) }
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
