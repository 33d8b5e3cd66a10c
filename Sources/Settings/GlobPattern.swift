// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A shell pattern for one file name: `*`, `?`, `[a-z]`, `[!a-z]` and `\` as in glob(7).
///
/// Names are matched as raw bytes, so a name that is not UTF-8 matches `*`; `?` and a set stand
/// for one whole character where the bytes are UTF-8 and for one byte where they are not. Unlike
/// the shell, `*` also matches a leading dot. Case matters.
package struct GlobPattern: Sendable, Hashable {
  /// The pattern as it was written.
  package let text: String
  let tokens: [Token]

  enum Token: Hashable {
    case anyRun
    case anyOne
    case literal(UInt8)
    case set(ranges: [ClosedRange<UInt32>], isNegated: Bool)
  }

  /// Why a text is not a pattern.
  package enum Malformed: Error, Equatable {
    case empty
    case containsSlash
    case unclosedSet
    case reversedRange
    case trailingBackslash
  }

  /// Compiles a pattern; throws when it could never match a file name or is ambiguous.
  package init(_ text: String) throws(Malformed) {
    var parser = GlobParser(text)
    self.tokens = try parser.parse()
    self.text = text
  }
}

extension GlobPattern: ExpressibleByStringLiteral {
  /// A pattern fixed at compile time; one that is malformed stands for its literal text.
  package init(stringLiteral text: String) {
    var parser = GlobParser(text)
    self.tokens = (try? parser.parse()) ?? text.utf8.map { .literal($0) }
    self.text = text
  }
}
