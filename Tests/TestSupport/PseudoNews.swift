// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Invented articles without end: document `n` of a seed is always the same and like no other.
///
/// Content words are made of syllables and common words are put between them, so that the
/// lengths and the share of common words are those of news while long n-grams hardly ever recur.
package struct PseudoNews: Sendable {
  private let seed: UInt64
  private let vocabulary: [String]

  private static let common = """
    the of and to in a that for on was with as by at from it an were which has be this are its \
    had will have after said their been who more than but not would they also about into over
    """.split(separator: " ").map(String.init)
  private static let onsets = "b br c ch d dr f fl g gr h k l m n p pr qu r s sh st t tr v w"
    .split(separator: " ")
  private static let rimes = "a al an ar e el en er i in ir o ol on or u un ur ay ost and ent"
    .split(separator: " ")

  package init(seed: UInt64) {
    self.seed = seed
    var generator = SeededGenerator(seed: seed)
    vocabulary = (0..<4000).map { _ in
      (0..<Int.random(in: 2...3, using: &generator)).map { _ in
        String(Self.onsets.randomElement(using: &generator)!)
          + String(Self.rimes.randomElement(using: &generator)!)
      }.joined()
    }
  }

  /// Article number `number`, of about `words` words in sentences and paragraphs.
  package func article(_ number: Int, words: Int = 300) -> String {
    sentences(number, words: words).enumerated().map { index, sentence in
      index % 3 == 2 ? sentence + "\n\n" : sentence + " "
    }.joined()
  }

  /// A copy of article `number` as another site would carry it: every `lost`-th sentence is gone
  /// and lines of the site's own stand around it.
  package func copy(of number: Int, words: Int = 300, lost: Int = 5) -> String {
    let kept = sentences(number, words: words).enumerated().filter { $0.offset % lost != 0 }
    return "Home  Region  Weather\n\n" + kept.map(\.element).joined(separator: " ")
      + "\n\nWrite to the editor\n"
  }

  /// A word of the vocabulary.
  func word(using generator: inout SeededGenerator) -> String {
    vocabulary.randomElement(using: &generator)!
  }

  /// The sentences of article number `number`.
  func sentences(_ number: Int, words: Int) -> [String] {
    var generator = SeededGenerator(
      seed: seed &* 0x2545_f491_4f6c_dd1d &+ UInt64(truncatingIfNeeded: number))
    var sentences: [String] = []
    var count = 0
    while count < words {
      let length = Int.random(in: 9...24, using: &generator)
      let sentence = (0..<length).map { _ in
        Double.random(in: 0..<1, using: &generator) < 0.4
          ? Self.common.randomElement(using: &generator)!
          : vocabulary.randomElement(using: &generator)!
      }.joined(separator: " ")
      sentences.append(sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
      count += length
    }
    return sentences
  }
}
