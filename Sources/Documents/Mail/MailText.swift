// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Plain text in mails: marks of quotation, and paragraphs that were broken into lines (RFC 3676).
enum MailText {
  /// The text without ">" before its lines.
  ///
  /// - Parameters:
  ///   - isFlowed: A line with a space at its end goes on in the next one.
  ///   - deletesSpaces: That space is not part of the text.
  static func text(_ bytes: [UInt8], isFlowed: Bool, deletesSpaces: Bool) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var place = 0
    var depthBefore = 0
    var goesOn = false
    while place < bytes.count {
      let next = MailHeader.nextLine(bytes, place)
      var line = place..<next
      place = next
      while let last = line.last, bytes[last] == 0x0A || bytes[last] == 0x0D { line.removeLast() }
      let depth = quotation(bytes, &line)
      if isFlowed, let first = line.first, bytes[first] == 0x20 { line.removeFirst() }
      if goesOn, depth != depthBefore { output.append(0x0A) }
      let isSignature = line.count == 3 && bytes[line].elementsEqual("-- ".utf8)
      goesOn = isFlowed && line.last.map { bytes[$0] == 0x20 } ?? false && !isSignature
      if goesOn, deletesSpaces { line.removeLast() }
      output += bytes[line]
      if !goesOn { output.append(0x0A) }
      depthBefore = depth
    }
    return output
  }

  /// Leaves the marks out and says how many there were; a space behind them belongs to them.
  private static func quotation(_ bytes: [UInt8], _ line: inout Range<Int>) -> Int {
    var depth = 0
    var place = line.lowerBound
    while place < line.upperBound {
      if bytes[place] == UInt8(ascii: ">") {
        depth += 1
        place += 1
        line = place..<line.upperBound
      } else if depth > 0, bytes[place] == 0x20, place + 1 < line.upperBound,
        bytes[place + 1] == UInt8(ascii: ">")
      {
        place += 1
      } else {
        break
      }
    }
    if depth > 0, let first = line.first, bytes[first] == 0x20 { line.removeFirst() }
    return depth
  }
}
