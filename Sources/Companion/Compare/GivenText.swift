// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon
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
    var fingerprinter = Fingerprinter(sampling: sampling)
    switch fingerprinter.fingerprint(file.bytes, format: TextFormat(path: Array(file.name.utf8))) {
    case .empty: throw Skipped(reason: "empty", detail: "there is nothing but white space")
    case .binary(let offset):
      throw Skipped(reason: "binary", detail: "a NUL byte at offset \(offset)")
    case .document(let fingerprint):
      self.fingerprint = fingerprint
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
    var fingerprinter = Fingerprinter()
    let format = TextFormat(path: Array(file.name.utf8))
    return fingerprinter.placedText(file.bytes, format: format) ?? PlacedText(text: [], places: [])
  }
}
