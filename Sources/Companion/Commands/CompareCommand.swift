// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// `neardup compare`
package struct CompareCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two texts and show what they share.",
    discussion: """
      The measures are those of the cluster log. The verdict is what the daemon would decide with \
      the configuration in force if it knew nothing but these two; what a collection has taught it \
      of boilerplate is not in it. No daemon is needed.

      EXAMPLES:
        neardup compare ours.txt theirs.html
        neardup compare --inline ours.txt theirs.txt | less -R
        curl -s https://example.com/story | neardup compare --brief ours.txt -

      EXIT STATUS:
        0  the two are near-duplicates
        1  they are not
        2  one of them cannot be read, or is no text
      """)

  @OptionGroup package var places: CompanionOptions
  @Option(
    help: ArgumentHelp(
      "Write lines of so many columns.",
      discussion: "Otherwise as many as the terminal has, or 80.", valueName: "columns"))
  package var width: Int?
  @Flag(help: "Show one text with the changes in it, instead of two side by side.")
  package var inline = false
  @Flag(help: "Print the measures only.") package var brief = false
  @Flag(help: "Print one JSON object; with --brief, without the passages.")
  package var json = false

  @Argument(help: "A file, or - for standard input.") package var first: String
  @Argument(help: "The file to compare it with.") package var second: String

  /// In less, two columns hold no text.
  private static let widths = 40...500

  package init() {}

  package func validate() throws {
    if let width, !Self.widths.contains(width) {
      throw ValidationError(
        "--width is from \(Self.widths.lowerBound) to \(Self.widths.upperBound).")
    }
    if first == GivenFile.standardInput, second == GivenFile.standardInput {
      throw ValidationError("Only one of the two can be standard input.")
    }
  }

  package func run() throws {
    let form: ComparisonCommand.Form =
      json ? .json(withPassages: !brief) : .text(brief ? .none : inline ? .inline : .sideBySide)
    try ComparisonCommand(places).compare(first, second, form, columns: width).finish()
  }
}
