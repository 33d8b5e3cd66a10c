// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Glibc
internal import NearDuplicates

/// What documents are called by people: the title that they give themselves, else their first
/// sentence, read from the file while it is still the one that was recorded.
struct Headlines {
  /// Enough for a title in the head of a page, and for the first sentence of a text.
  private static let prefixLength = 64 << 10
  /// A list that is longer is not read by people.
  private static let fileLimit = 2_000
  private static let longest = 120
  /// A line of fewer words is a dateline, a section or a date.
  private static let leastWords = 3
  private static let leastSentence = 40

  private let collection: RecordedCollection
  private var filesLeft = Self.fileLimit
  private var reader = SentenceReader()

  init(_ collection: RecordedCollection) { self.collection = collection }

  /// Nil where nothing tells.
  mutating func headline(of document: RecordedDocument) -> String? {
    // What a container begins with is none of its other members.
    guard collection.isCurrent(document.number), filesLeft > 0,
      MemberPath.split(document.path).member == nil,
      let file = collection.file(of: document)
    else { return nil }
    filesLeft -= 1
    guard let bytes = Self.beginning(of: file, size: document.bytes) else { return nil }
    return reader.headline(bytes, name: document.path).flatMap(Self.shortened)
  }

  /// One line that fits into a list, cut behind a word.
  static func shortened(_ text: String) -> String? {
    guard text.count > longest else { return text.isEmpty ? nil : text }
    let cut = text.prefix(longest - 1)
    let end = cut.lastIndex(of: " ") ?? cut.endIndex
    return cut[..<end] + "…"
  }

  /// The first line of a text that says something, up to the end of its first sentence.
  static func firstSentence(_ text: String) -> String? {
    let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
    let speaking = lines.first(where: saysSomething) ?? lines.first { $0.count >= leastWords }
    guard let words = speaking ?? lines.first(where: { !$0.isEmpty }) else { return nil }
    // "Mr." ends no sentence, and neither does what is shorter than a headline.
    var length = 0
    for (place, word) in words.enumerated() where place < words.count - 1 {
      length += word.count + 1
      let last = word.last { !"\"'”’»)".contains($0) }
      if length > leastSentence, let last, ".!?。".contains(last) {
        return words[...place].joined(separator: " ")
      }
    }
    return words.joined(separator: " ")
  }

  /// Navigation has a capital letter in each word; a sentence, and most headlines, do not.
  private static func saysSomething(_ words: [Substring]) -> Bool {
    let capitals = words.count { $0.first?.isUppercase ?? false }
    return words.count > leastWords && capitals * 3 <= words.count * 2
  }

  /// The first bytes of a regular file of that size; nil when it is another one now.
  private static func beginning(of path: [UInt8], size: Int) -> [UInt8]? {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size == size
    else { return nil }
    let wanted = min(size, prefixLength)
    var bytes = [UInt8](repeating: 0, count: wanted)
    let got = read(descriptor, &bytes, wanted)
    return got > 0 ? Array(bytes[..<got]) : nil
  }
}

/// Reads what a document says of itself and how its text begins.
private final class SentenceReader {
  private var reader = DocumentReader()

  func headline(_ bytes: [UInt8], name: [UInt8]) -> String? {
    // A beginning may end within a character.
    let cut = bytes.lastIndex { $0 < 0x80 }.map { Array(bytes[...$0]) } ?? bytes
    guard case .document(let text) = reader.read(cut, name: name) else { return nil }
    if let title = text.description.title { return title }
    guard let placed = reader.placedText(cut, name: name) else { return nil }
    return Headlines.firstSentence(String(decoding: placed.text, as: UTF8.self))
  }
}
