// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

extension ValueSyntax where Value == [String] {
  /// A program and its arguments, separated by spaces; an empty text means there is none.
  static var command: Self {
    let expectation = #"a command such as "pdftotext - -", or "" for none"#
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      return try words(ofCommand: text)
    } render: {
      TOMLText.quoted($0.joined(separator: " "))
    }
  }
}

extension ValueSyntax where Value == [NamedProgram] {
  /// Patterns for names, each with a command behind a colon.
  static var namedPrograms: Self {
    let expectation = #"a list such as ["*.djvu: djvutxt /dev/stdin"]"#
    return Self(type: .stringArray, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .stringArray(let texts) = content else { throw mismatch(expectation) }
      var programs: [NamedProgram] = []
      for text in texts {
        // A colon may be part of the pattern: a space follows the one that ends it.
        let end = text.indices.first { text[$0...].hasPrefix(": ") } ?? text.startIndex
        let command = try words(ofCommand: text[end...].dropFirst())
        guard end > text.startIndex, !command.isEmpty else {
          throw ValueProblem("expected \(expectation), found \(TOMLText.quoted(text))")
        }
        let pattern = String(text[..<end])
        do throws(GlobPattern.Malformed) {
          programs.append(NamedProgram(pattern: try GlobPattern(pattern), command: command))
        } catch {
          throw ValueProblem("the pattern \(TOMLText.quoted(pattern)) \(error.explanation)")
        }
      }
      return programs
    } render: {
      TOMLText.list($0.map { "\($0.pattern.text): \($0.command.joined(separator: " "))" })
    }
  }
}

private func words(ofCommand text: some StringProtocol) throws(ValueProblem) -> [String] {
  guard !text.utf8.contains(0) else { throw ValueProblem("a NUL cannot be part of a command") }
  let words = text.split(whereSeparator: \.isWhitespace).map { String($0) }
  guard let program = words.first else { return [] }
  guard program.first == "/" || !program.contains("/") else {
    throw ValueProblem(
      "\(TOMLText.quoted(program)) is neither a name nor a path from the root",
      remedy: "programs are looked for in PATH, or give the whole path")
  }
  return words
}
