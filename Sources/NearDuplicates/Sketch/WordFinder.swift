// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Finds the words that terms are, for showing them.
package struct WordFinder: ~Copyable {
  /// Longer words are cut to so many characters.
  private static let longestWord = 40

  private var tokenizer = Tokenizer()

  package init() {}

  /// Terms in small letters, each once, and of a word and its possessive the first; those that
  /// stand beyond what is kept of the text are not shown.
  package mutating func words(
    of terms: [StoryDecision.Term], in wording: Wording, limit: Int
  ) -> [String] {
    var last = terms.prefix(limit).map(\.lastToken).max() ?? 0
    var places = places(through: last, wording)
    var words: [String] = []
    for term in terms where words.count < limit {
      if term.lastToken > last {
        last = .max
        places = self.places(through: last, wording)
      }
      guard term.lastToken < places.count else { continue }
      let word = (term.token...term.lastToken).map { Self.word(wording.text[places[$0]]) }.joined()
      let stem = Self.stem(word)
      if !words.contains(where: { Self.stem($0) == stem }) { words.append(word) }
    }
    return words
  }

  /// Where the tokens up to one stand, or some more of them.
  private mutating func places(through last: Int, _ wording: Wording) -> [Range<Int>] {
    // One more, so that the last one is known to be whole if the text was cut.
    let count = last > wording.text.count ? Int.max : last + 2
    let places = wording.text.withUnsafeBytes { tokenizer.places(in: $0, first: count) }
    return wording.text.count == Wording.limit ? places.dropLast() : places
  }

  /// Without the line break in it, if it was divided, and without apostrophes at its end.
  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    var word = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch UnicodeTable.shared.entry(scalar.value).scalarClass {
      case .separator: continue
      case .dropped where !isApostrophe(scalar): continue
      default: word.append(scalar)
      }
    }
    while let last = word.last, isApostrophe(last) { word.removeLast() }
    return String(word.prefix(longestWord)).lowercased()
  }

  /// Without the ending of an English possessive.
  private static func stem(_ word: String) -> Substring {
    let ending = word.unicodeScalars.suffix(2)
    guard ending.last == "s", let apostrophe = ending.first, isApostrophe(apostrophe) else {
      return word[...]
    }
    return word.dropLast(2)
  }

  private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
    ["'", "’", "`"].contains(scalar)
  }
}
