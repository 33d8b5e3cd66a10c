// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import NearDuplicates
internal import Settings

/// The text of a document as its file has it, a string a word.
struct OriginalText: Encodable, Sendable, Equatable {
  /// One after the other they are the text, on one line and safe to show.
  let words: [String]
  /// The places of the words that end a paragraph.
  let paragraphs: [Int]

  /// Why there is none.
  enum Missing: Error, Equatable {
    case gone, changed, unknownPlace, inContainer
    case unreadable(errno: Int32)
  }

  /// Reads a document's file and makes sure that it still holds the words that were compared.
  ///
  /// So whatever the path leads to meanwhile, nothing but that text gets into a page.
  ///
  /// - Parameters:
  ///   - tokens: the words that the state has of it.
  ///   - limit: how many words are taken.
  init(
    _ document: RecordedDocument, in collection: RecordedCollection, tokens: [UInt32], limit: Int
  ) throws(Missing) {
    guard MemberPath.split(document.path).member == nil else { throw .inContainer }
    guard let path = collection.file(of: document) else { throw .unknownPlace }
    let bytes = try Self.read(path, count: document.bytes)
    let file = GivenFile(name: String(decoding: document.path, as: UTF8.self), bytes: bytes)
    // By the usual programs: what others make of it shows as another text.
    let given = try? GivenText(
      file, sampling: SketchSampling(), minimumWords: 1,
      extractors: DaemonConfiguration().extractors)
    guard let given, given.fingerprint.tokens == tokens else { throw .changed }
    let text = ComparedText(given)
    let count = min(limit, tokens.count)
    words = (0..<count).map { text.line($0..<$0 + 1) }
    paragraphs = (0..<count).filter { text.endsParagraph($0) }
  }

  /// All bytes of a regular file of so many bytes; a link is followed, as the daemon may have
  /// done, and a pipe is not waited for.
  private static func read(_ path: [UInt8], count: Int) throws(Missing) -> [UInt8] {
    let name = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let number = errno
      throw number == ENOENT || number == ENOTDIR ? .gone : .unreadable(errno: number)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size == count
    else { throw .changed }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + done }, count - done)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw .unreadable(errno: errno) }
      if got == 0 { throw .changed }
      done += got
    }
    return bytes
  }
}

extension OriginalText.Missing: CustomStringConvertible {
  var description: String {
    switch self {
    case .gone: "Its text cannot be shown: the file is gone from the drop directory."
    case .changed: "Its text cannot be shown: the file is another one now."
    case .inContainer: "Its text cannot be shown: it is one of several in its file."
    case .unknownPlace: "Its text cannot be shown: the drop directory is not known."
    case .unreadable(let number):
      "Its text cannot be shown: the file cannot be read (\(String(cString: strerror(number))))."
    }
  }
}
