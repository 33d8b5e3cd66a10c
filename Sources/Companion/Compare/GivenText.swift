// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon
internal import Documents
package import NearDuplicates

/// A given file as the daemon would read it.
package struct GivenText: Sendable {
  package let file: GivenFile
  package let fingerprint: Fingerprint

  /// Why the daemon would skip it, in the words of the cluster log.
  package struct Skipped: Error, Equatable {
    package let reason: String
    package let detail: String
  }

  /// - Parameter minimumWords: detection.minimum-words.
  package init(
    _ file: GivenFile, sampling: SketchSampling, minimumWords: Int
  ) throws(Skipped) {
    self.file = file
    var reader = DocumentReader(sampling: sampling)
    switch reader.read(file.bytes, name: Array(file.name.utf8)) {
    case .skipped(let cause, let detail): throw Skipped(reason: cause.rawValue, detail: detail)
    case .document(let text):
      fingerprint = text.fingerprint
      guard fingerprint.words >= minimumWords else {
        throw Skipped(
          reason: "too-short",
          detail:
            "words: \(fingerprint.words), fewer than detection.minimum-words = \(minimumWords)")
      }
    }
  }

  /// The text and where its words stand.
  package var placed: PlacedText {
    var reader = DocumentReader()
    return reader.placedText(file.bytes, name: Array(file.name.utf8))
      ?? PlacedText(text: [], places: [])
  }
}
