// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser

extension ClusterName {
  /// The number of a name that was given on the command line.
  ///
  /// - Parameter subject: what was to be named, and its verb, as a refusal says it.
  static func argument(
    _ text: String, letter: Character = "c", _ subject: String
  ) throws -> UInt32 {
    guard let number = number(text, letter: letter) else {
      throw ValidationError(
        "\(subject) as in \"\(letter)12\", not \"\(TerminalText.safe(text))\".")
    }
    return number
  }
}
