// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import FoundationEssentials
import GeneratedTexts

/// Where documents come from; the same ones each time they are asked for.
enum DocumentSource {
  /// The files of a folder, in byte order of their names.
  case folder(String)
  /// A file in which a zero byte ends each document.
  case file(String)
  /// Made up one by one, without end.
  case recombined(RecombinedText)

  /// A folder or a file of documents.
  init?(path: String) {
    var isFolder: Bool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    self = isFolder ? .folder(path) : .file(path)
  }

  /// Documents recombined from the sentences of the files in these folders.
  init?(sentencesIn folders: [String], seed: UInt64) {
    var sentences = SentenceCollection()
    for folder in folders {
      for path in Self.files(in: folder) { sentences.add(Self.contents(of: path)) }
    }
    guard !sentences.isEmpty else { return nil }
    self = .recombined(RecombinedText(sentences, seed: seed))
  }

  /// Calls with each of the first documents.
  func forEach(first limit: Int, _ body: ([UInt8]) -> Void) {
    switch self {
    case .folder(let folder):
      for path in Self.files(in: folder).prefix(limit) { body(Self.contents(of: path)) }
    case .file(let path):
      var file = DocumentFile(path: path)
      var count = 0
      while count < limit, let document = file.next() {
        body(document)
        count += 1
      }
    case .recombined(let text):
      for number in 0..<limit { body(text.document(number)) }
    }
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
      .map { "\(folder)/\($0)" }
  }

  private static func contents(of path: String) -> [UInt8] {
    [UInt8](FileManager.default.contents(atPath: path) ?? Data())
  }
}
