// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The sentences of given texts, as ranges of words.
package struct SentenceCollection: Sendable {
  /// A word's place in `bytes`.
  struct Word {
    var start: UInt32
    var length: UInt32
  }

  private(set) var bytes: [UInt8] = []
  private(set) var words: [Word] = []
  /// Of 6 to 60 words each.
  private(set) var sentences: [Range<Int>] = []
  /// The words of letters alone, as often as they occur, so that a draw follows Zipf's law.
  private(set) var alphabetic: [Int] = []

  package init() {}

  /// Sentences from which documents can be made.
  package var isEmpty: Bool { sentences.isEmpty || alphabetic.isEmpty }
  package var count: Int { sentences.count }

  /// Takes the sentences of a text; what is not UTF-8 is read as Latin-1.
  package mutating func add(_ text: [UInt8]) {
    let isValid = String(validating: text, as: UTF8.self) != nil
    let read = isValid ? text : text.flatMap { Array(String(Unicode.Scalar($0)).utf8) }
    var sentence: [ArraySlice<UInt8>] = []
    for word in read.split(whereSeparator: Self.isSpace) {
      if let last = sentence.last?.last, Self.ends(last), Self.begins(word[word.startIndex]) {
        append(sentence)
        sentence = []
      }
      sentence.append(word)
    }
    append(sentence)
  }

  private mutating func append(_ sentence: [ArraySlice<UInt8>]) {
    guard (6...60).contains(sentence.count) else { return }
    let first = words.count
    for word in sentence {
      if word.allSatisfy(Self.isLetter) { alphabetic.append(words.count) }
      words.append(Word(start: UInt32(bytes.count), length: UInt32(word.count)))
      bytes += word
    }
    sentences.append(first..<words.count)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func ends(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
  }

  private static func begins(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// All beyond ASCII counts as letters.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF)
  }
}
