// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup explain`
package struct ExplainCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell the history of a document, and what else came near.",
    discussion: """
      All records about the path are told, in order: where its documents were put and what they \
      were compared with, what was revised later and why. Then come the nearest clusters that the \
      last of them is not in: SIMILARITY is the model's on the two texts alone, RESEMBLANCE and \
      CONTAINMENT count their three-word phrases, SAMPLED those by which the index finds them. The \
      texts are those in the state; the file may be gone.

      EXAMPLES:
        By its path in the drop directory, as in the log:
          neardup explain wire/2026-11-21.txt

        By its place in the file system:
          neardup explain /var/spool/neardupd/drop/wire/2026-11-21.txt

        By its number, or by its name in whatever directory:
          neardup explain 17
          neardup explain 2026-11-21.txt

      EXIT STATUS:
        0   the history was told
        1   nothing is recorded of that path, or several files end so
        74  the state or the log cannot be read
      """)

  @OptionGroup package var places: CompanionOptions
  @Argument(
    help: """
      The document's path, in the drop directory or in the file system, its end where that is of \
      one file only, or the document's number; of a file of several documents that of all of them, \
      or "path » member" of one.
      """,
    completion: .file())
  package var path: String
  @Flag(help: "Print one JSON object.") package var json = false

  package init() {}

  package func run() throws {
    let places = ResultPlaces(places)
    try places.answer(json: json) { source in
      let query = try PathQuery(
        Array(path.utf8), workingDirectory: WorkingDirectory.current(),
        drops: places.dropDirectories + Array(source.collection.drops.values)
      ).found(path, in: source.collection)
      return try DocumentHistory(
        query, name: TerminalText.safe(path), in: source, threshold: places.threshold)
    }
  }
}
