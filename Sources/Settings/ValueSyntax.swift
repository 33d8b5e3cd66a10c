// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

/// How a kind of value is written: what a source is asked for, how that is read, and back.
struct ValueSyntax<Value: Sendable & Equatable>: Sendable {
  /// The primitive that a source has to deliver.
  package let type: ConfigType
  /// What separates the elements of a list in an environment variable.
  package var separator: Character = ","
  /// What is expected, for messages: "a duration such as "200ms"".
  let expectation: String
  /// Reads a primitive; relative paths start at the directory given.
  package let parse: @Sendable (ConfigContent, _ base: String) throws(ValueProblem) -> Value
  /// The value as TOML.
  package let render: @Sendable (Value) -> String
}

extension ValueSyntax {
  /// The complaint about a primitive of another kind than the one asked for.
  static func mismatch(_ expectation: String) -> ValueProblem {
    ValueProblem("expected \(expectation)")
  }
}

extension ValueSyntax where Value == Bool {
  static var flag: Self {
    let expectation = "true or false"
    return Self(type: .bool, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .bool(let value) = content else { throw mismatch(expectation) }
      return value
    } render: {
      String($0)
    }
  }
}

extension ValueSyntax
where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of a fixed set of words.
  static var choice: Self {
    let words = Value.allCases.map { TOMLText.quoted($0.rawValue) }
    let expectation = "one of \(words.joined(separator: ", "))"
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      guard let value = Value(rawValue: text) else {
        throw ValueProblem("expected \(expectation), found \(TOMLText.quoted(text))")
      }
      return value
    } render: {
      TOMLText.quoted($0.rawValue)
    }
  }
}

extension ValueSyntax where Value == String {
  /// Any text, none included.
  static var text: Self {
    let expectation = #"a text such as "acme""#
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      return text
    } render: {
      TOMLText.quoted($0)
    }
  }
}

extension ValueSyntax where Value == [GlobPattern] {
  static var patterns: Self {
    let expectation = #"a list of patterns such as ["*.txt"]"#
    return Self(type: .stringArray, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .stringArray(let texts) = content else { throw mismatch(expectation) }
      var patterns: [GlobPattern] = []
      for text in texts {
        do throws(GlobPattern.Malformed) {
          patterns.append(try GlobPattern(text))
        } catch {
          throw ValueProblem("the pattern \(TOMLText.quoted(text)) \(error.explanation)")
        }
      }
      return patterns
    } render: {
      TOMLText.list($0.map(\.text))
    }
  }
}

extension GlobPattern.Malformed {
  /// What is wrong, to be put after the pattern.
  package var explanation: String {
    switch self {
    case .empty: "is empty"
    case .containsSlash: "holds a slash, and patterns are matched against single names"
    case .unclosedSet: "has a [ without its ]"
    case .reversedRange: "has a range whose end comes before its start"
    case .trailingBackslash: "ends in a backslash"
    }
  }
}
