// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser

extension MomentText {
  /// The moment that was given with an option.
  static func argument(_ text: String, of option: String = "--since") throws -> Int64 {
    guard let moment = parse(text, now: now) else {
      throw ValidationError(
        "\(option) needs a duration such as \"90min\" or \"2d\", or a date such as "
          + "\"2026-11-21\" or \"2026-11-21T21:25\", not \"\(TerminalText.safe(text))\".")
    }
    return moment
  }
}
