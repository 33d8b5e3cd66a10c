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
      let end = MailHeader.nextLine(bytes, place)
      var line = bytes[place..<end]
      place = end
      while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
      let depth = quotation(&line)
      if isFlowed, line.first == 0x20 { line.removeFirst() }
      if goesOn, depth != depthBefore { output.append(0x0A) }
      let isSignature = line.elementsEqual("-- ".utf8)
      goesOn = isFlowed && line.last == 0x20 && !isSignature
      if goesOn, deletesSpaces { line.removeLast() }
      output += line
      if !goesOn { output.append(0x0A) }
      depthBefore = depth
    }
    return output
  }

  /// Removes the marks and says how many there were; a space behind them belongs to them.
  private static func quotation(_ line: inout ArraySlice<UInt8>) -> Int {
    var depth = 0
    var rest = line
    while true {
      if rest.first == UInt8(ascii: ">") {
        depth += 1
        rest.removeFirst()
        line = rest
      } else if depth > 0, rest.first == 0x20, rest.dropFirst().first == UInt8(ascii: ">") {
        rest.removeFirst()
      } else {
        break
      }
    }
    if depth > 0, line.first == 0x20 { line.removeFirst() }
    return depth
  }
}
