// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Reads a pattern's text into tokens, one scalar at a time.
struct GlobParser {
  private var rest: Substring.UnicodeScalarView

  package init(_ text: String) {
    rest = Substring(text).unicodeScalars
  }

  package mutating func parse() throws(GlobPattern.Malformed) -> [GlobPattern.Token] {
    guard !rest.isEmpty else { throw .empty }
    var tokens: [GlobPattern.Token] = []
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*":
        // Neighbouring stars are one star.
        if tokens.last != .anyRun { tokens.append(.anyRun) }
      case "?":
        tokens.append(.anyOne)
      case "[":
        tokens.append(try parseSet())
      case "/":
        throw .containsSlash
      case "\\":
        guard let escaped = rest.popFirst() else { throw .trailingBackslash }
        guard escaped != "/" else { throw .containsSlash }
        tokens += String(escaped).utf8.map { .literal($0) }
      default:
        tokens += String(scalar).utf8.map { .literal($0) }
      }
    }
    return tokens
  }

  private mutating func parseSet() throws(GlobPattern.Malformed) -> GlobPattern.Token {
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let scalar = rest.popFirst() {
      // A bracket in first place is a member, as POSIX has it.
      if scalar == "]", !ranges.isEmpty { return .set(ranges: ranges, isNegated: isNegated) }
      let low = try member(scalar)
      guard rest.first == "-", let next = rest.dropFirst().first, next != "]" else {
        ranges.append(low...low)
        continue
      }
      rest.removeFirst(2)
      let high = try member(next)
      guard low <= high else { throw .reversedRange }
      ranges.append(low...high)
    }
    throw .unclosedSet
  }

  private mutating func member(
    _ scalar: Unicode.Scalar
  ) throws(GlobPattern.Malformed) -> UInt32 {
    guard scalar != "/" else { throw .containsSlash }
    guard scalar == "\\" else { return scalar.value }
    guard let escaped = rest.popFirst() else { throw .unclosedSet }
    return escaped.value
  }
}
