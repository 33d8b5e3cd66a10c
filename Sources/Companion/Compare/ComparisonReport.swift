// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// A comparison for programs: what `neardup compare --json` prints.
struct ComparisonReport: Codable, Equatable {
  var schema = 1
  var first: Text
  var second: Text
  /// "same-words", "near", "apart" or "not-candidates".
  var verdict: String
  /// The probability that they are near-duplicates, and the limit above which they are.
  var similarity: Double
  var limit: Double
  var resemblance: Double
  var sharedShingles: Int
  /// Words by the kind of passage they are in; those of the second text where only it has them.
  var words: [String: Int]
  /// Of a correction; absent where more than a few words differ, or none.
  var differences: ComparedDifferences?
  /// In the order of both texts; absent where the texts were not asked for.
  var passages: [Passage]?

  struct Text: Codable, Equatable {
    var file: String
    var bytes: Int
    var words: Int
    var shingles: Int
    /// The share of its shingles that the other text has, 0 to 1.
    var containment: Double
  }

  struct Passage: Codable, Equatable {
    /// "shared", "changed", "dropped", "added", or of what moved "leaving" and "arriving".
    var kind: String
    var first: Place?
    var second: Place?
    /// The words that were changed as it moved; absent where there are none.
    var changes: [Change]?
  }

  /// Other words in the same place of what moved; nothing, where one side is absent.
  struct Change: Codable, Equatable {
    var first: Place?
    var second: Place?
  }

  struct Place: Codable, Equatable {
    /// The number of the first word, from 0.
    var word: Int
    var words: Int
    /// As it is in the text, with what stands behind it; absent where it stands elsewhere.
    var text: String?
  }

  init(_ comparison: Comparison, withPassages: Bool) {
    let overlap = comparison.judgement.overlap
    let containments = comparison.containments
    first = Text(comparison.first, overlap.first, containments.ofFirst)
    second = Text(comparison.second, overlap.second, containments.ofSecond)
    verdict = comparison.judgement.verdict.name
    similarity = comparison.judgement.similarity
    limit = comparison.judgement.limit
    resemblance = overlap.resemblance
    sharedShingles = overlap.shared
    let alignment = comparison.alignment
    words = [:]
    for kind in PassageAlignment.Passage.Kind.allCases {
      let count = alignment.words(kind)
      words[kind.name] = kind == .added || kind == .arriving ? count.second : count.first
    }
    differences = ComparedDifferences(comparison)
    if withPassages { passages = alignment.passages.map { Passage($0, comparison) } }
  }
}

extension ComparisonReport.Text {
  fileprivate init(_ text: ComparedText, _ shingles: Int, _ containment: Double) {
    self.init(
      file: text.name, bytes: text.bytes, words: text.words, shingles: shingles,
      containment: containment)
  }
}

extension ComparisonReport.Passage {
  fileprivate init(_ passage: PassageAlignment.Passage, _ comparison: Comparison) {
    func place(_ words: Range<Int>, _ text: ComparedText, isHere: Bool) -> ComparisonReport.Place? {
      if words.isEmpty { return nil }
      return .init(
        word: words.lowerBound, words: words.count, text: isHere ? text.raw(words) : nil)
    }
    let changes = passage.changes.map { change in
      ComparisonReport.Change(
        first: place(change.first, comparison.first, isHere: true),
        second: place(change.second, comparison.second, isHere: true))
    }
    self.init(
      kind: passage.kind.name,
      first: place(passage.first, comparison.first, isHere: passage.isInFirst),
      second: place(passage.second, comparison.second, isHere: passage.isInSecond),
      changes: changes.isEmpty ? nil : changes)
  }
}

extension PassageAlignment.Passage.Kind {
  fileprivate var name: String {
    switch self {
    case .shared: "shared"
    case .changed: "changed"
    case .dropped: "dropped"
    case .added: "added"
    case .leaving: "leaving"
    case .arriving: "arriving"
    }
  }
}

extension PairJudgement.Verdict {
  fileprivate var name: String {
    switch self {
    case .sameWords: "same-words"
    case .near: "near"
    case .apart: "apart"
    case .notCandidates: "not-candidates"
    }
  }
}
