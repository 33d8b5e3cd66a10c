// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The beginning of a document's text, so that some of its words can be shown.
package struct Wording: Sendable, Equatable {
  /// So many bytes are kept.
  static let limit = 1 << 16
  /// Longer words are cut.
  private static let longestWord = 40

  /// UTF-8, mostly.
  private let text: [UInt8]
  /// Where tokens begin in it.
  private let places: [UInt32]

  init(_ text: UnsafeRawBufferPointer, places: UnsafeBufferPointer<UInt32>) {
    self.text = Array(text.prefix(Wording.limit))
    let count = places.firstIndex { Int($0) >= Wording.limit } ?? places.count
    self.places = Array(places[..<count])
  }

  /// A term in small letters; nil when it stands beyond what is kept.
  package func words(of term: StoryDecision.Term) -> String? {
    guard let first = word(term.token) else { return nil }
    guard term.isPair else { return first }
    return word(term.token + 1).map { first + $0 }
  }

  private func word(_ token: Int) -> String? {
    guard token < places.count, Int(places[token]) < text.count else { return nil }
    let rest = text[Int(places[token])...].prefix(4 * Wording.longestWord)
    let characters = String(decoding: rest, as: UTF8.self)
    guard let first = characters.unicodeScalars.first else { return nil }
    if UnicodeTable.shared.entry(first.value).scalarClass == .solo {
      return String(characters.prefix(1))
    }
    let word = characters.prefix(Wording.longestWord).prefix { character in
      character.isLetter || character.isNumber || "'’`".contains(character)
    }
    return word.isEmpty ? nil : word.lowercased()
  }
}
