// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// Documents of news size, recombined from real sentences, so that words and shingles recur as they
/// do in news: same sentences, seed and number, same document.
///
/// Lengths are log-normal about 2,350 bytes. A sentence is the head of one and the tail of another,
/// with one word in about 25 replaced, so unrelated documents hardly share long runs of words. One
/// document in five is a variant of an earlier one, half of them of one among the last 2,000: the
/// same text, with a site's lines around it, with words replaced, with sentences lost, with
/// paragraphs in another order.
package struct RecombinedText {
  private enum Variant: Int, CaseIterable { case exact, framed, edited, trimmed, shuffled }

  /// What one document's random numbers are for; each has a stream of its own.
  private enum Purpose: UInt64 { case sentences = 1, variant, paragraphs }

  private static let heads = [
    "LONDON (Reuters) - ", "WASHINGTON (AFP) – ", "By Staff Reporter\n\n", "Text size:\n\n",
    "Updated 10:42 GMT\n\n",
  ].map { Array($0.utf8) }
  private static let feet = [
    "\n\nLeave a Reply\nYour email address will not be published.",
    "\n\nCopyright 2022. All rights reserved.", "\n\nYou may also like\nProducts You May Like",
    "\n\n(Reporting by staff; Editing by desk)",
  ].map { Array($0.utf8) }
  /// Documents before the first variant.
  private static let lead = 20
  private static let recent = 2000
  private static let variantShare = 0.2

  private let source: SentenceCollection
  private let seed: UInt64

  /// - Parameter source: not empty.
  package init(_ source: SentenceCollection, seed: UInt64) {
    self.source = source
    self.seed = seed
  }

  /// The document of a number from 0, of which lower numbers need not have been asked for.
  package func document(_ number: Int) -> [UInt8] {
    var random = stream(.variant, number)
    guard number > Self.lead, unit(&random) < Self.variantShare,
      let base = original(before: number, &random)
    else {
      return rendered(sentences(number), base: number, rotation: nil)
    }
    let variant = Variant.allCases[draw(Variant.allCases.count, &random)]
    var text = sentences(base)
    switch variant {
    case .exact, .framed, .shuffled: break
    case .trimmed: trim(&text, &random)
    case .edited: edit(&text, &random)
    }
    let rotation = variant == .shuffled ? unit(&random) : nil
    let bytes = rendered(text, base: base, rotation: rotation)
    guard variant == .framed else { return bytes }
    return Self.heads[draw(Self.heads.count, &random)] + bytes
      + Self.feet[draw(Self.feet.count, &random)]
  }

  // MARK: Random numbers

  private func stream(_ purpose: Purpose, _ number: Int) -> SeededGenerator {
    var mixed = SeededGenerator(seed: seed &* 4 &+ purpose.rawValue)
    // Not the number itself: streams that begin at neighbouring states would overlap.
    var other = SeededGenerator(seed: mixed.next() ^ UInt64(number))
    return SeededGenerator(seed: other.next())
  }

  private func unit(_ random: inout SeededGenerator) -> Double {
    Double(random.next() >> 11) * 0x1p-53
  }

  private func draw(_ count: Int, _ random: inout SeededGenerator) -> Int {
    Int(unit(&random) * Double(count))
  }

  // MARK: Making

  /// An earlier document that is no variant itself; nil when none was met.
  private func original(before number: Int, _ random: inout SeededGenerator) -> Int? {
    let first = unit(&random) < 0.5 ? max(0, number - Self.recent) : 0
    for _ in 0..<50 {
      let base = first + draw(number - first, &random)
      guard base > Self.lead else { return base }
      var its = stream(.variant, base)
      if unit(&its) >= Self.variantShare { return base }
    }
    return nil
  }

  /// Each sentence as the numbers of its words.
  private func sentences(_ number: Int) -> [[Int]] {
    var random = stream(.sentences, number)
    // Box and Muller 1958.
    let normal = (-2 * log(1 - unit(&random))).squareRoot() * cos(2 * .pi * unit(&random))
    let target = min(9000, max(500, exp(log(2350) + 0.35 * normal)))
    var text: [[Int]] = []
    var size = 0
    while Double(size) < target {
      let first = source.sentences[draw(source.count, &random)]
      let second = source.sentences[draw(source.count, &random)]
      var sentence = Array(first.prefix(2 + draw(first.count - 3, &random)))
      sentence += second.dropFirst(draw(second.count - 3, &random))
      for _ in 0...(sentence.count / 25) {
        sentence[1 + draw(sentence.count - 2, &random)] = anyWord(&random)
      }
      size += sentence.reduce(0) { $0 + Int(source.words[$1].length) + 1 }
      text.append(sentence)
    }
    return text
  }

  private func anyWord(_ random: inout SeededGenerator) -> Int {
    source.alphabetic[draw(source.alphabetic.count, &random)]
  }

  private func trim(_ text: inout [[Int]], _ random: inout SeededGenerator) {
    let kept = 0.7 + 0.2 * unit(&random)
    let shorter = text.filter { _ in unit(&random) < kept }
    if !shorter.isEmpty { text = shorter }
  }

  private func edit(_ text: inout [[Int]], _ random: inout SeededGenerator) {
    let share = 0.03 + 0.05 * unit(&random)
    for sentence in text.indices {
      for word in text[sentence].indices where unit(&random) < share {
        text[sentence][word] = anyWord(&random)
      }
    }
  }

  /// In paragraphs of one to three sentences, the same for all variants of a document.
  ///
  /// - Parameter rotation: the share of the paragraphs that is put behind the others.
  private func rendered(_ text: [[Int]], base: Int, rotation: Double?) -> [UInt8] {
    var random = stream(.paragraphs, base)
    var paragraphs: [Range<Int>] = []
    while case let start = paragraphs.last?.upperBound ?? 0, start < text.count {
      paragraphs.append(start..<min(text.count, start + 1 + draw(3, &random)))
    }
    if let rotation {
      let first = Int(rotation * Double(paragraphs.count))
      paragraphs = Array(paragraphs[first...] + paragraphs[..<first])
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8192)
    for paragraph in paragraphs {
      if !bytes.isEmpty { bytes += [0x0A, 0x0A] }
      for (place, word) in text[paragraph].joined().enumerated() {
        if place > 0 { bytes.append(0x20) }
        let word = source.words[word]
        bytes += source.bytes[Int(word.start)..<Int(word.start + word.length)]
      }
    }
    return bytes
  }
}
