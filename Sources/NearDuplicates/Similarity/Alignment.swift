// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How the words of two documents run parallel: B is gone over once, greedily, and each stretch of
/// two words and more that A has too is a run.
///
/// A run that begins at most four words behind the end of the one before, in both texts, is its
/// neighbour; what lies between neighbours was changed, dropped or put in. B may match a stretch of
/// A more than once: in A it counts once.
struct Alignment: Sendable, Equatable {
  /// Tokens in runs, in B.
  var matched = 0
  /// Tokens of A that are in runs.
  var matchedOfFirst = 0
  /// Tokens between neighbouring runs: the greater number of both sides, and that in A.
  var gap = 0
  var gapInFirst = 0
  /// Tokens of the longest run.
  var longest = 0
  /// Tokens in runs of six and more.
  var inLongRuns = 0
  /// Tokens in runs that contain a digit, and that are rare words.
  var numbersMatched = 0
  var rareMatched = 0
  /// Gaps that have a number, or a rare word, on both sides.
  var numbersReplaced = 0
  var rareReplaced = 0
  /// The body values of the matched tokens in A and in B.
  var bodyOfFirst = 0
  var bodyOfSecond = 0
  /// The matched tokens in lines of eight tokens and more, in A and in B.
  var proseOfFirst = 0
  var proseOfSecond = 0
  /// The value of all tokens of A and of B, as in `AlignedText`.
  var valueOfFirst = 0
  var valueOfSecond = 0
  /// What is most A's own and most B's own.
  var coreOfFirst = OwnCore()
  var coreOfSecond = OwnCore()
  /// The longest stretches of A and of B that are in no run, in tokens.
  var strayOfFirst = 0
  var strayOfSecond = 0
  /// The greatest value that two anchors next to each other have between them in both texts: the
  /// lesser of the two sides. Anchors are runs of five and more, in the order of B; none face each
  /// other where A's order is another.
  var facingGap = 0
}
