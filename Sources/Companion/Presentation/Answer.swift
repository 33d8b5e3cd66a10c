// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a command found, for people and for programs.
protocol Answer {
  /// Lines with their ends.
  func text(_ style: OutputStyle) -> String
  /// One JSON object with a line end.
  func json() throws -> String
}

extension ResultPlaces {
  /// Prints what is found in the documents recorded there, and ends as that wants; or says why
  /// nothing can be found.
  func answer<Found: Answer>(
    json: Bool, _ find: (CollectionSource) throws -> Found
  ) throws {
    let outcome = CommandOutcome(warnings: warnings) {
      let source = try CollectionSource(self)
      let found = try find(source)
      let style = OutputStyle.ofStandardOutput
      return CommandOutcome(
        output: json ? try found.json() : style.folded(found.text(style)),
        messages: source.messages)
    }
    try outcome.finish()
  }
}
