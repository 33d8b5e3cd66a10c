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
      now, its size, SHA-256 and time of arrival; its title, the principal of its cluster (the most \
      complete document; see neardup cluster), the document it was matched with and the measures \
      of that; seq, the record by which it was assigned, and changed, the last record that may have \
      changed any of this. Stories, titles, matches and records are read from the log, principals \
      from the texts in the state.

      With --since-seq only documents are written whose "changed" is beyond that number: put over \
      an earlier export, they bring it up to date. The number to give is the highest "changed" \
      seen so far. Of documents that have expired nothing is written any more.

      CSV is as RFC 4180 has it, with nothing between the commas for what is not there: PostgreSQL \
      and DuckDB read it. In JSON Lines all objects have the same keys.

      EXAMPLES:
        How many documents each cluster has:
          neardup export | cut -f 5 | tail -n +2 | sort | uniq -c | sort -n

        Into a Parquet file, with DuckDB:
          neardup export --format csv > documents.csv
          duckdb -c "COPY 'documents.csv' TO 'documents.parquet'"

        What changed since the record 4711:
          neardup export --format jsonl --since-seq 4711

      EXIT STATUS:
        0   all was written, or nobody reads it any more
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Option(help: ArgumentHelp("The form of the rows.", valueName: "tsv|csv|json|jsonl"))
  package var format = ExportFormat.tsv

  @Option(
    help: ArgumentHelp(
      "Only documents that a record after this one may have changed.", valueName: "seq"))
  package var sinceSeq: UInt64?

  package init() {}

  package func run() throws {
    let places = ResultPlaces(places)
    for warning in places.warnings { StandardOutput.tell(warning) }
    try StandardOutput.finishing {
      let source = try CollectionSource(places, withDigests: true)
      for message in source.messages { StandardOutput.tell(message) }
      let export = try PartitionExport(source, format: format, since: sinceSeq)
      // Without a state they were told of above.
      for reason in source.log.unread where source.state != nil {
        StandardOutput.tell("stories are not all there, nor titles and matches: \(reason)")
      }
      try export.write { try StandardOutput.write($0) }
    }
  }
}

extension ExportFormat: ExpressibleByArgument {}
