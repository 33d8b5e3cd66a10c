// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Paragraphs that were broken into lines to fit on a page.
///
/// The comparison takes texts in short lines for navigation, which paragraphs on a page are not.
enum BrokenLines {
  /// A line goes on in the next one when it has this share of the letters of the longest line of
  /// its block: all but the last line of a paragraph nearly fill it.
  private static let full = (numerator: 3, denominator: 5)
  /// Lists and headings are made of shorter lines.
  private static let shortest = 40

  /// Blocks are separated by empty lines, as pdftotext writes them.
  static func joined(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var block: [ArraySlice<UInt8>] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      // A page ends with a form feed, and its block with it.
      let begins = line.first == 0x0C
      let isEmpty = line.allSatisfy { ByteCursor.isSpace($0) }
      if begins || isEmpty { append(&block, to: &output) }
      if isEmpty { output.append(0x0A) } else { block.append(line) }
    }
    append(&block, to: &output)
    return output
  }

  private static func append(_ block: inout [ArraySlice<UInt8>], to output: inout [UInt8]) {
    let longest = block.map(\.count).max() ?? 0
    let full = max(shortest, longest * full.numerator / full.denominator)
    for line in block {
      output += line
      // A hyphen at the end of a line joins two halves of a word where the line end stays.
      output.append(line.count >= full && line.last != UInt8(ascii: "-") ? 0x20 : 0x0A)
    }
    if output.last == 0x20 { output[output.count - 1] = 0x0A }
    block.removeAll(keepingCapacity: true)
  }
}
