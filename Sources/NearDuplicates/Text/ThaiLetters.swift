// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// In what order Thai is written (TIS 620-2533; WTT 2.0): no listed language shows it, and its
/// marks have their places.
enum ThaiLetters {
  private enum Role { case consonant, leading, following, vowelMark, toneMark }

  static func contains(_ letter: UInt32) -> Bool { 0xE00...0xE4F ~= letter }

  /// Whether a letter can stand behind another, or at the beginning where that is 0.
  static func allows(_ letter: UInt32, after previous: UInt32) -> Bool {
    let before = role(previous)
    switch role(letter) {
    case .consonant: return true
    case .leading: return before != .leading
    case .vowelMark: return before == .consonant
    case .toneMark: return before == .consonant || before == .vowelMark
    case .following: return before != nil && before != .leading
    case nil: return false
    }
  }

  private static func role(_ letter: UInt32) -> Role? {
    switch letter {
    case 0xE01...0xE2E: .consonant
    case 0xE40...0xE44: .leading
    case 0xE2F, 0xE30, 0xE32, 0xE33, 0xE45, 0xE46: .following
    case 0xE31, 0xE34...0xE3A, 0xE47, 0xE4D: .vowelMark
    case 0xE48...0xE4C: .toneMark
    default: nil
    }
  }
}
