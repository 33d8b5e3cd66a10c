// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// "c5" or "s5", as the log names clusters and stories.
enum ClusterName {
  /// The number of a name, or of the number alone; nil for anything else.
  static func number(_ text: String, letter: Character = "c") -> UInt32? {
    let digits = text.first == letter ? text.dropFirst() : text[...]
    guard let number = UInt32(digits), number > 0 else { return nil }
    return number
  }
}
