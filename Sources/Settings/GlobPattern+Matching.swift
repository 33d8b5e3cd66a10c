// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension GlobPattern {
  /// Whether the pattern matches the whole of one file name, given in raw bytes.
  ///
  /// Only the last star is ever reconsidered, so the work is at most the product of the two
  /// lengths however many stars there are (https://research.swtch.com/glob).
  package func matches(_ name: some Collection<UInt8>) -> Bool {
    let bytes = Array(name)
    var token = 0
    var position = 0
    var retry: (token: Int, position: Int)?
    while true {
      if token < tokens.count, tokens[token] == .anyRun {
        retry = (token + 1, position)
        token += 1
      } else if token == tokens.count, position == bytes.count {
        return true
      } else if token < tokens.count, let width = step(tokens[token], in: bytes, at: position) {
        token += 1
        position += width
      } else if let last = retry, last.position < bytes.count {
        // By characters, so that `?` never meets the middle of one.
        let moved = last.position + GlobCharacter(in: bytes, at: last.position).width
        retry = (last.token, moved)
        token = last.token
        position = moved
      } else {
        return false
      }
    }
  }

  /// How many bytes one token takes at a position, or none when it does not match there.
  private func step(_ token: Token, in bytes: [UInt8], at position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    switch token {
    case .literal(let byte):
      return bytes[position] == byte ? 1 : nil
    case .anyOne:
      return GlobCharacter(in: bytes, at: position).width
    case .set(let ranges, let isNegated):
      let character = GlobCharacter(in: bytes, at: position)
      let isMember = ranges.contains { $0.contains(character.value) }
      return isMember != isNegated ? character.width : nil
    case .anyRun:
      return nil
    }
  }
}
