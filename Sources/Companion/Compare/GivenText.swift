// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Documents
internal import Glibc
package import NearDuplicates

/// A given file as the daemon would read it, with the same programs.
package struct GivenText: Sendable {
  package let file: GivenFile
  package let fingerprint: Fingerprint
  package let description: DocumentDescription
  private let extractors: Extractors

  /// Why the daemon would skip it, in the words of the cluster log.
  package struct Skipped: Error, Equatable {
    package let reason: String
    package let detail: String
  }

  /// - Parameters:
  ///   - minimumWords: detection.minimum-words.
  ///   - extractors: The programs of the configuration.
  package init(
    _ file: GivenFile, sampling: SketchSampling, minimumWords: Int, extractors: Extractors = .none
  ) throws(Skipped) {
    self.file = file
    self.extractors = extractors
    var reader = DocumentReader(sampling: sampling, extractors: extractors)
    switch Self.read(file, &reader) {
    case .failed(let number):
      throw Skipped(
        reason: Reading.Cause.unreadable.rawValue,
        detail: "no program can be started: \(String(cString: strerror(number)))")
    case .skipped(let cause, let detail): throw Skipped(reason: cause.rawValue, detail: detail)
    case .document(let text):
      fingerprint = text.fingerprint
      description = text.description
      guard fingerprint.words >= minimumWords else {
        throw Skipped(
          reason: "too-short",
          detail:
            "words: \(fingerprint.words), fewer than detection.minimum-words = \(minimumWords)")
      }
    }
  }

  private static func read(_ file: GivenFile, _ reader: inout DocumentReader) -> Reading {
    guard let layout = file.layout else {
      return reader.read(file.bytes, name: Array(file.name.utf8))
    }
    return file.bytes.withUnsafeBytes { reader.read($0, as: layout) }
  }

  /// The text and where its words stand.
  package var placed: PlacedText {
    var reader = DocumentReader(extractors: extractors)
    let placed =
      if let layout = file.layout {
        reader.placedText(file.bytes, as: layout)
      } else {
        reader.placedText(file.bytes, name: Array(file.name.utf8))
      }
    return placed ?? PlacedText(text: [], places: [])
  }
}
