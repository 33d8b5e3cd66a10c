// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

extension ValueSyntax where Value == String {
  /// The path of a file or directory.
  static var path: Self {
    let expectation = #"a path such as "/srv/drop""#
    return Self(type: .string, expectation: expectation) {
      content, base throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      return try PathText.absolute(text, from: base)
    } render: {
      TOMLText.quoted($0)
    }
  }
}

extension ValueSyntax where Value == String? {
  /// The path of a file or directory; an empty text means there is none.
  static var optionalPath: Self {
    let expectation = #"a path such as "/srv/done", or "" for none"#
    return Self(type: .string, expectation: expectation) {
      content, base throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      return text.isEmpty ? nil : try PathText.absolute(text, from: base)
    } render: {
      TOMLText.quoted($0 ?? "")
    }
  }
}

extension ValueSyntax where Value == [String] {
  /// One or more directories; in an environment variable they are separated by colons.
  static var directories: Self {
    let expectation = #"a list of paths such as ["/srv/drop"]"#
    return Self(type: .stringArray, separator: ":", expectation: expectation) {
      content, base throws(ValueProblem) in
      guard case .stringArray(let texts) = content else { throw mismatch(expectation) }
      guard !texts.isEmpty else { throw ValueProblem("at least one directory is needed") }
      var paths: [String] = []
      for text in texts { paths.append(try PathText.absolute(text, from: base)) }
      return paths
    } render: {
      TOMLText.list($0)
    }
  }
}
