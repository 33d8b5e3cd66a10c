// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Two letters for one that cannot be typed: ae, oe and ue for ä, ö and ü, aa for å.
///
/// As ä is folded to a, they are folded to their first letter, in every language: no other rule
/// makes Müller, Mueller and Muller one word.
enum DigraphFolding {
  /// Whether a letter is dropped that follows another in what is left of the word.
  @inline(__always)
  static func drops(_ letter: UInt8, after last: UInt8) -> Bool {
    switch (last, letter) {
    case (0x61, 0x65), (0x6F, 0x65), (0x75, 0x65), (0x61, 0x61): true
    default: false
    }
  }
}
