// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The part a normalised scalar plays in making words.
enum ScalarClass: UInt8 {
  /// Ends a word.
  case separator
  case letter
  case digit
  /// Goes with the letter before it; with nothing before it, a separator.
  case mark
  /// A letter of a script written without spaces: a word of its own, with its marks.
  case solo
  /// As if it were not there: apostrophes and default ignorables.
  case dropped
  /// Stands for several scalars, each with its class.
  case expansion
  /// A Hangul syllable, which is decomposed by arithmetic.
  case syllable
}
